"""The style sheet of the whole program, made from a theme's colours.

It only says what the Fusion style and the palette cannot: rounded flat controls, quiet borders,
thin scroll bars. Widgets choose a variant with a property:

    role: "primary" | "hero" (the one of a page) | "danger" | "quiet" | "link" | "menu" |
          "fold" (unfolds what is below) on a button,
          "card" | "panel" | "bar" on a frame,
    "title" | "heading" | "caption" | "quiet" on a label, "plain" on a list that needs no frame.
"""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.paths import resources

if TYPE_CHECKING:
    from studio.ui.theme import Theme

_SHEET = Template("""
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 4px 6px; }

QAbstractButton, QTabBar { outline: none; }
QPushButton, QToolButton[role="button"] {
    background: $panel; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 5px 14px; min-height: 18px;
}
QPushButton:hover, QToolButton[role="button"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: $border; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $window; }
QPushButton:default, QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[role="primary"] { font-weight: 600; }
QProgressDialog { min-width: 360px; }
QInputDialog QLineEdit { min-width: 300px; }
QInputDialog > QAbstractSpinBox { min-width: 260px; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 340px; }
QProgressDialog QPushButton:default { background: $panel; color: $text; border-color: $border; }
QPushButton:default:hover, QPushButton[role="primary"]:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled {
    background: $hover; color: $faint; border-color: $border;
}
QPushButton[role="hero"] {
    background: $accent; color: $on_accent; border-color: $accent; font-size: $heading;
    font-weight: 600; min-height: 28px; min-width: 130px; padding: 6px 24px;
}
QPushButton[role="hero"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="hero"]:focus { border-color: $text; }
QPushButton[role="hero"]:disabled { background: $hover; color: $faint; border-color: $border; }
QPushButton[role="menu"] { padding-right: 28px; }
QPushButton::menu-indicator {
    image: url("$images/arrow-down-$tone.svg"); width: 10px; height: 10px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 10px;
}
QPushButton[role="danger"] { color: $danger; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:checked { background: $accent_soft; color: $accent; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="link"] {
    background: transparent; border: none; color: $accent; padding: 2px; text-align: left;
}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }
QPushButton[role="fold"] {
    background: transparent; border: none; padding: 4px 0; text-align: left; font-weight: 500;
}
QPushButton[role="fold"]:hover, QPushButton[role="fold"]:focus { color: $accent; }
QPushButton[role="link"]:disabled { color: $faint; text-decoration: none; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 5px; }
QToolButton[role="tool"] { padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton[altered="true"] { background: $accent_soft; color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $faint; }
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="workspace"] { padding: 5px 14px; font-weight: 500; color: $quiet; }
QToolButton[role="workspace"]:checked { background: $accent_soft; color: $accent;
    font-weight: 600; }
QToolButton[role="workspace"]:disabled { color: $faint; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $field; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 4px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border-color: $accent;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $faint; background: $window;
}
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 18px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$images/arrow-up-$tone.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow, QComboBox::down-arrow {
    image: url("$images/arrow-down-$tone.svg"); width: 10px; height: 10px;
}
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: right; width: 22px;
    border: none; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
    background: $panel; border: 1px solid $border; border-radius: 6px; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: 4px; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {
    width: 14px; height: 14px; border: 1px solid $faint; border-radius: 4px; background: $field;
}
QCheckBox::indicator:hover, QListView::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$images/tick-$tone.svg");
}
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $faint; border-radius: 8px; background: $field;
}
QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    border-color: $border; background: $window;
}

QLabel[role="recorder"] { background: $accent_soft; padding: 0 8px; }
QListView, QTreeView, QTableView {
    background: $field; border: 1px solid $border; border-radius: 6px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
    alternate-background-color: $panel; gridline-color: $border;
}
QListView::item, QTreeView::item, QTableView::item { padding: 3px 6px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_soft; color: $text;
}
QListView:focus, QTreeView:focus, QTableView:focus { border-color: $accent; }
QListView[role="plain"] { background: transparent; border: 1px solid transparent; }
QListView[role="plain"]:focus { border-color: $accent; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $panel; color: $quiet; border: none; border-bottom: 1px solid $border;
    padding: 5px 8px;
}
QTableCornerButton::section { background: $panel; border: none; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $accent;
}
QSlider::handle:horizontal:focus {
    width: 10px; height: 10px; border: 2px solid $text; border-radius: 7px; margin: -5px 0;
}
QSlider::handle:horizontal:focus {
    width: 12px; height: 12px; margin: -6px 0; border: 2px solid $text; border-radius: 8px;
}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: $faint; }

QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $quiet; border: none; padding: 7px 14px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:selected:focus { color: $accent; background: $accent_soft; }

QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

QMenuBar { background: transparent; border: none; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $border; border-radius: 8px; padding: 5px;
        menu-scrollable: 1; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }

QStatusBar { background: $panel; border-top: 1px solid $border; color: $quiet; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QListView[role="grid"] { border: 1px solid transparent; border-radius: 0; background: $window;
    padding: 4px 0 4px 6px; }
QListView[role="grid"]:focus { border-color: $accent; }
QListView[role="grid"]::item { padding: 0; }
QTableView[role="grid"] { border: none; border-radius: 0; }
QFrame[role="foot"] { background: $panel; border: none; border-top: 1px solid $border; }
QFrame[role="card"] { background: $panel; border: 1px solid $border; border-radius: 10px; }
QFrame[role="panel"] { background: $panel; border: none; }
QFrame[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $border; }
QFrame[role="drop"] { background: $panel; border: 2px dashed $border; border-radius: 12px; }
QFrame[role="drop"][over="true"] { background: $accent_soft; border-color: $accent; }
QFrame[role="toast"] { background: $panel; border: 1px solid $border; border-radius: 8px; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: $title; font-weight: 600; }
QLabel[role="heading"] { font-size: $heading; font-weight: 600; }
QLabel[role="caption"] { font-size: $caption; color: $quiet; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="accent"] { color: $accent; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="success"] { color: $success; }
QLabel[role="key"] { background: $hover; border: 1px solid $border; border-radius: 4px;
    padding: 1px 6px; font-size: $caption; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="page"] { background: transparent; }
""")


def style_sheet(theme: Theme) -> str:
    """The program's style sheet in the colours of ``theme``."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    return _SHEET.substitute(
        values,
        tone="dark" if theme.dark else "light",
        images=(resources() / "icons").as_posix(),
        title="20px",
        heading="15px",
        caption="11px",
    )


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the variants named above, also when it is already shown."""
    widget.setProperty("role", role)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let a widget take up the style of properties that changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
