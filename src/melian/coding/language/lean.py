"""spaCy without what slows it: its own command line, a tokenizer that is built to be thrown away, slow products."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_COMMAND = ("spacy.cli", "spacy.cli.info")
_TOKENIZER = "melian.BlankTokenizer.v1"


def import_spacy() -> ModuleType:
    """Import spaCy without its command line, which costs a third of the import's time and stays importable.

    `import spacy` takes one name out of its command line, `spacy.info`; that name loads the command line when it is
    called.
    """
    if "spacy" not in sys.modules:
        absent = [name for name in _COMMAND if name not in sys.modules]
        for name in absent:
            sys.modules[name] = ModuleType(name)
        sys.modules["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
        try:
            import spacy
        finally:
            for name in absent:
                del sys.modules[name]
    import spacy

    return spacy


def blank_tokenizer() -> dict[str, object]:
    """Give the settings under which a pipeline that is loaded from disk does not build spaCy's English tokenizer first.

    The saved tokenizer brings all its rules; those of the default would be made, and made again for each part read,
    and replaced. Only for a pipeline whose saved tokenizer is spaCy's own.
    """
    import spacy

    if not spacy.util.registry.has("tokenizers", _TOKENIZER):
        spacy.util.registry.tokenizers(_TOKENIZER, func=_make_blank)
    return {"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}}


def multiply_by_numpy(nlp: Language) -> None:
    """Let the networks of a pipeline multiply matrices by numpy instead of BLIS.

    The wheels of BLIS are built for no processor in particular: numpy's own library takes a third to a fifth of
    their time for the same product. Where a platform has its own way (Apple's), it is kept.
    """
    from thinc.api import Model, NumpyOps

    by_numpy = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        network = getattr(component, "model", None)
        for layer in network.walk() if isinstance(network, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = by_numpy


def _make_blank() -> Callable[[Language], object]:
    import spacy

    def blank(nlp: Language) -> object:
        return spacy.tokenizer.Tokenizer(nlp.vocab)

    return blank


def _info(model: str | None = None, **options: object) -> object:
    from spacy.cli.info import info

    return info(model, **options)  # type: ignore[arg-type]
