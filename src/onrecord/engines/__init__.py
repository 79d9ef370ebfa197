"""a function and items -> results in order, whatever the function does to its process."""

from onrecord.engines.guarded import GuardedEngine
from onrecord.engines.serial import SerialEngine

__all__ = ["GuardedEngine", "SerialEngine"]
