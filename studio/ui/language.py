"""The language of the window: which one, and switching it while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from studio.paths import resources

LANGUAGES = ("en", "zh_CN")

_installed: list[QTranslator] = []


def resolve(setting: str) -> str:
    """The language that a setting means; ``system`` follows the desktop."""
    if setting in LANGUAGES:
        return setting
    return "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"


def apply(app: QApplication, setting: str) -> str:
    """Give the window a language; every widget is told by a ``LanguageChange`` event.

    English has a file too: it holds the plural forms.
    """
    language = resolve(setting)
    QLocale.setDefault(QLocale(language))
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    own = str(resources() / "i18n")
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # Asked in the reverse of this order: menus call keys what actions.key_texts calls them.
    for name, folder in (
        (f"qtbase_{language}", of_qt),
        ("key_names", own),
        (f"studio_{language}", own),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
    return language
