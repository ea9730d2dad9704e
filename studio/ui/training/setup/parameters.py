"""How many parameters a model has, in the words that the language counts with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def parameters(millions: float) -> str:
    """How many there are, such as "1.5 million".

    Chinese counts by ten thousands and by hundred millions, so there it is another number.
    """
    if QLocale().language() is not QLocale.Language.Chinese:
        text = QCoreApplication.translate("Parameters", "{count} million")
        return text.format(count=f"{millions:.1f}")
    ten_thousands = round(millions * 100)
    if ten_thousands < 10_000:
        text = QCoreApplication.translate("Parameters", "{count} ten thousand")
        return text.format(count=ten_thousands)
    text = QCoreApplication.translate("Parameters", "{count} hundred million")
    return text.format(count=f"{ten_thousands / 10_000:.1f}")
