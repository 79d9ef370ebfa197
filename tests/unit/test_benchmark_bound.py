"""The bound of the network's products: what is counted, and the model that is timed."""

import numpy as np
import onnxruntime
import pytest

from benchmarks import bound


@pytest.mark.parametrize(("kind", "least"), [(np.uint8, 0), (np.float32, -9)])
def test_the_written_model_multiplies(kind: type[np.generic], least: int) -> None:
    session = onnxruntime.InferenceSession(
        bound.write_product(5, 300, kind), providers=["CPUExecutionProvider"]
    )
    given = np.random.default_rng(2).integers(max(0, least), 200, (3, 5)).astype(kind)
    weights = np.random.default_rng(1).integers(-127, 127, (5, 300))
    (found,) = session.run(None, {"given": given})
    np.testing.assert_array_equal(found, given.astype(np.int64) @ weights)


def test_products_are_counted_by_kind() -> None:
    def count(name: str, inputs: list[list[int]], output: list[int]) -> tuple[str, float]:
        shapes = [{"float": shape} for shape in inputs]
        return bound._count_node(
            {"op_name": name, "input_type_shape": shapes, "output_type_shape": [{"float": output}]}
        )

    assert count("MatMulIntegerToFloat", [[1, 7, 5], [5, 3]], [1, 7, 3]) == ("int8", 7 * 5 * 3)
    assert count("FusedMatMul", [[2, 7, 5], [2, 5, 7]], [2, 7, 7]) == ("fp32", 2 * 7 * 5 * 7)
    assert count("MultiHeadAttention", [[1, 9, 8]] * 3, [1, 9, 8]) == ("fp32", 2 * 9 * 9 * 8)
    assert count("Gelu", [[4, 4]], [4, 4])[1] == 0
