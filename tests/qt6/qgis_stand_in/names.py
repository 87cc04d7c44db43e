"""Classes that are names and nothing more."""

from __future__ import annotations


class Anything(type):
    """A class of which every capitalised name is a class of the same kind: enums and their values."""

    def __getattr__(cls, name: str) -> object:
        if name.startswith("_") or not name[0].isupper():
            raise AttributeError(name)
        made = Anything(name, (), {})
        setattr(cls, name, made)
        return made
