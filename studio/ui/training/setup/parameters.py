"""How many parameters a model has, in the words that the language counts with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def parameters(millions: float) -> str:
    """How many there are, such as "1.5 million"; in full where they are few.

    Chinese counts by ten thousands and by hundred millions, so there it is another number.
    """
    tr, locale = QCoreApplication.translate, QLocale()
    in_chinese = locale.language() is QLocale.Language.Chinese
    if millions < (0.01 if in_chinese else 0.1):
        return locale.toString(round(millions * 1e6))
    if not in_chinese:
        return tr("Parameters", "{count} million").format(count=f"{millions:.1f}")
    ten_thousands = round(millions * 100)
    if ten_thousands < 10_000:
        return tr("Parameters", "{count} ten thousand").format(count=ten_thousands)
    return tr("Parameters", "{count} hundred million").format(count=f"{ten_thousands / 10_000:.1f}")
