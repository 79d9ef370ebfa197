"""gold file + output -> figures, beside peers and humans."""

from onrecord.evaluation.counts import Counts, Figures, Measure
from onrecord.evaluation.readings import evaluate_readings, explain_readings
from onrecord.evaluation.report import (
    evaluate_task,
    format_figures,
    format_groups,
    format_published,
    list_tasks,
    published_table,
    read_figures,
)

__all__ = [
    "Counts",
    "Figures",
    "Measure",
    "evaluate_readings",
    "evaluate_task",
    "explain_readings",
    "format_figures",
    "format_groups",
    "format_published",
    "list_tasks",
    "published_table",
    "read_figures",
]
