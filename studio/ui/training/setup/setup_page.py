"""The page that starts a training: a task, one button, and everything chosen for you."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.domain.runs import Task
from studio.errors import ConfigError, Sentence
from studio.learning import catalogue
from studio.learning.advice.recipe import Advice
from studio.learning.catalogue import ModelCard
from studio.learning.config import TrainConfig
from studio.learning.readiness.dataset import Readiness
from studio.ui import theme
from studio.ui.icons import icon
from studio.ui.style_sheet import set_role
from studio.ui.training.banner import Banner
from studio.ui.training.setup import fields
from studio.ui.training.setup.all_models import AllModels
from studio.ui.training.setup.device_facts import DeviceFacts
from studio.ui.training.setup.finer_options import FinerOptions
from studio.ui.training.setup.level_cards import LevelCards
from studio.ui.training.setup.model_view import ModelView
from studio.ui.training.setup.offers import offers_of
from studio.ui.training.setup.plan import Plan
from studio.ui.training.setup.plan_form import PlanForm
from studio.ui.training.setup.preflight_list import PreflightList
from studio.ui.training.setup.speed_line import SpeedLine
from studio.ui.training.setup.task_cards import TaskCards
from studio.ui.training.setup.train_bar import PAGE_WIDTH, TrainBar
from studio.ui.training.setup.weights_choice import WeightsChoice
from studio.ui.wording import messages, metric_text

ALL_MODELS = "all models"
"""Stands among the models for the list of all."""


class SetupPage(QWidget):
    """Sets up a training.

    Signals:
        train_requested(TrainConfig): the user pressed Train.
        labels_requested(): the user wants to label more.
        preview_requested(): the user wants to see training images as the model gets them.
        rate_requested(TrainConfig): a learning rate is to be found by trying.
        advised(TrainConfig): the settings are others now; None where nothing can be trained.
    """

    train_requested = Signal(object)
    labels_requested = Signal()
    preview_requested = Signal()
    rate_requested = Signal(object)
    advised = Signal(object)

    def __init__(
        self, plan: Plan, device: DeviceFacts, speed: SpeedLine, preflight: PreflightList
    ) -> None:
        super().__init__()
        self._plan, self._device, self.speed, self.preflight = plan, device, speed, preflight
        self._advice: Advice | None = None
        self._failed: Sentence | None = None
        self._title, self._subtitle = QLabel(), QLabel()
        set_role(self._title, "title")
        set_role(self._subtitle, "quiet")
        self.cards = TaskCards()
        self.gpu = Banner("warning")
        self.failure = Banner("danger")
        self.weights = WeightsChoice()
        self.missing = Banner("warning")
        self._label_more = self.missing.add_button(self.labels_requested.emit)
        self.levels, self.model = LevelCards(), ModelView()
        self.form = PlanForm()
        self.finer = FinerOptions()
        self.preview = QPushButton()
        set_role(self.preview, "link")
        self.options = QPushButton()
        self.options.setCheckable(True)
        set_role(self.options, "quiet")
        self._reset_all = QPushButton()
        set_role(self._reset_all, "link")
        self.bar = TrainBar()
        self.train = self.bar.button
        self._plan_card = QFrame()
        set_role(self._plan_card, "card")
        self._lay_out()
        self._connect()
        self.retranslate()

    # Building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(PAGE_WIDTH)
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LOOSE, theme.LOOSE, theme.LOOSE, theme.LOOSE)
        column.setSpacing(theme.SPACE)
        for widget in (
            self._title,
            self._subtitle,
            self.cards,
            self.gpu,
            self.failure,
            self.missing,
        ):
            column.addWidget(widget)
        column.addWidget(self.weights)
        column.addWidget(self.preflight)
        column.addWidget(self._plan_card)
        column.addStretch(1)
        self._fill_plan_card()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(page)
        self._scroll_bar = scroll.verticalScrollBar()
        self._scroll_bar.rangeChanged.connect(self._stay_below_cards)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.bar)

    def _stay_below_cards(self, least: int, most: int) -> None:
        """The scroll bar moves the cards aside, so the button below them too."""
        width = self._scroll_bar.sizeHint().width() if most > least else 0
        self.bar.setContentsMargins(0, 0, width, 0)

    def _fill_plan_card(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.model, 1)
        beside = QHBoxLayout()
        beside.addWidget(self.levels.all)
        beside.addWidget(self.options)
        head.addLayout(beside)
        head.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        line = QFrame()
        set_role(line, "line")
        column = QVBoxLayout(self._plan_card)
        column.setContentsMargins(theme.WIDE, theme.SPACE, theme.WIDE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.levels)
        column.addLayout(head)
        column.addWidget(self.speed)
        column.addWidget(line)
        column.addWidget(self.form)
        column.addWidget(self.finer)
        links = QHBoxLayout()
        links.setSpacing(theme.WIDE)
        links.addWidget(self.preview)
        links.addWidget(self._reset_all)
        links.addStretch(1)
        column.addLayout(links)

    def _connect(self) -> None:
        self.cards.chosen.connect(self._choose_task)
        self.levels.chosen.connect(self._choose_model)
        self.levels.all_asked.connect(lambda: self._override("model", ALL_MODELS))
        for form in (self.form, self.finer):
            form.decided.connect(self._override)
            form.reset.connect(self._reset)
        self.finer.rate_wanted.connect(self._ask_for_rate)
        self.preview.clicked.connect(self.preview_requested)
        self._reset_all.clicked.connect(lambda: self._reset(""))
        self.options.toggled.connect(self._show_options)
        self.train.clicked.connect(self.request_training)
        self.weights.retry_chosen.connect(self.request_training)
        self.weights.added.connect(self.refresh)
        self.weights.scratch_chosen.connect(self._start_from_scratch)
        self._device.arrived.connect(self._on_device)
        self.speed.measured.connect(self.refresh)

    def retranslate(self) -> None:
        """Take texts from the present language."""
        self._title.setText(self.tr("Train a model"))
        self._subtitle.setText(
            self.tr("Choose what it should learn. Everything else is chosen for you.")
        )
        self._label_more.setText(self.tr("Label more images"))
        self._reset_all.setText(self.tr("Reset all to automatic"))
        self.cards.retranslate()
        self.bar.retranslate()
        self.preflight.retranslate()
        self.preview.setText(self.tr("See what the model will see…"))
        self.levels.retranslate()
        self.form.retranslate()
        self.finer.retranslate()
        self.weights.retranslate()
        self.speed.retranslate()
        self._say_failure()
        self._show_options(self.options.isChecked())
        self._on_device()

    # What is shown -------------------------------------------------------------------------

    def show_readiness(self, readiness: Mapping[Task, Readiness]) -> None:
        """Say what can be trained now."""
        self._plan.readiness = dict(readiness)
        self.cards.show_readiness(readiness)
        self._plan.choose_first_ready()
        task = self._plan.task or Task.CLASSIFY
        self.cards.choose(task)

    def refresh(self) -> None:
        """Work the settings out again and show them."""
        self._advice = None
        if self._plan.ready:
            try:
                self._advice = self._plan.advice()
            except ConfigError as error:
                self._refuse(error)
        ready = self._advice is not None or self._plan.ready
        self._plan_card.setVisible(ready)
        self._show_missing()
        if self._advice is not None:
            self._show_advice(self._advice)
        self._show_button()
        self.advised.emit(self._advice.config if self._advice else None)

    def _refuse(self, error: ConfigError) -> None:
        """Say at the field what is wrong with it, by the name that it has here."""
        name = str(error.sentence.values.get("name", "model"))
        shown = fields.in_words(error.sentence)
        if not self.finer.show_problem(name, messages.sentence(shown)):
            line = name if name in self.form.lines else "model"
            self.form.show_problem(line, messages.sentence(shown))

    def _show_missing(self) -> None:
        task = self._plan.task or self.cards.task
        readiness = self._plan.readiness.get(task) if task else None
        config = self._advice.config if self._advice else None
        self.preflight.show_plan(config, readiness.advice if readiness else ())
        if readiness is None or readiness.ready:
            self.missing.say("")
            return
        intro = self.tr("To train {task}, this is missing:").format(
            task=metric_text.task_name(readiness.task)
        )
        missing = "\n".join(f"• {messages.sentence(each)}" for each in readiness.missing)
        self.missing.say(f"{intro}\n{missing}")

    def _show_advice(self, advice: Advice) -> None:
        config = advice.config
        card = catalogue.card(config.task, config.model)
        self._offer_choices(card)
        offers = offers_of(self._plan)
        self.levels.show_offers(offers, config.model)
        self.weights.follow(config)
        chosen = (each.choice for each in offers if each.choice.card.name == config.model)
        level = next(chosen, None)
        self.model.show_card(
            card,
            config.weights,
            self._plan.weights_present(config.model),
            level.reason if level else None,
            brief=level is not None,
        )
        for form in (self.form, self.finer):
            form.show_plan(config, advice.reasons, self._plan.overrides)
        self.form.show_device(self._device_text(config.device))
        others = [offer.config for offer in offers if offer.config is not None]
        self.speed.show_plan(config, self._plan.readiness[config.task], others)
        self._reset_all.setVisible(bool(self._plan.overrides))

    def _offer_choices(self, chosen: ModelCard) -> None:
        cards = catalogue.cards(chosen.task)
        models: list[tuple[str, object]] = []
        for card in cards if chosen in cards else (*cards, chosen):
            here = self._plan.weights_present(card.name)
            size = f"{card.download_mb:.0f}"
            note = "" if here else self.tr("download {size} MB").format(size=size)
            models.append((f"{card.title} ({note})" if note else card.title, card.name))
        models.append((self.tr("All models…"), ALL_MODELS))
        self.form.offer_models(models)
        devices = [(self._device_text(name), name) for name in self._device.devices]
        self.form.offer_devices(list(devices))

    def _device_text(self, device: str) -> str:
        if device != "auto":
            return self._device.device_name(device)
        best = str(self._device.facts.get("best", ""))
        if not best:
            return self.tr("Automatic")
        return self.tr("Automatic: {device}").format(device=self._device.device_name(best))

    def _show_button(self) -> None:
        found = self._plan.readiness[self._plan.task] if self._advice and self._plan.task else None
        if found is not None and self._advice is not None:
            learned = max(1, round(self._advice.config.train_part * found.train_images))
            found = replace(found, train_images=learned)
        minutes = self.speed.minutes() or (self._advice.minutes if self._advice else 0.0)
        self.bar.show_plan(found, minutes)

    # What the user does --------------------------------------------------------------------

    def request_training(self) -> None:
        """Start what is set up, if it can be started."""
        if self._advice is not None:
            self.weights.hide()
            self._failed = None
            self._say_failure()
            self.train_requested.emit(self._advice.config)

    def show_failure(self, sentence: Sentence) -> None:
        """Say why a training could not begin."""
        self._failed = sentence
        self._say_failure()

    def _say_failure(self) -> None:
        self.failure.say(messages.sentence(self._failed) if self._failed else "", "danger")

    def offer_weights(self, config: TrainConfig, sentence: Sentence) -> None:
        """Say that pretrained weights are missing, and let the user choose what to do."""
        self.weights.offer(config, sentence)

    def _choose_task(self, task: Task) -> None:
        self._plan.task = task
        self.weights.hide()
        self.refresh()

    def _override(self, name: str, value: object) -> None:
        if value == ALL_MODELS:
            self._choose_among_all()
        else:
            self._plan.override(name, value)
        self.refresh()

    def _choose_model(self, name: str) -> None:
        """Take a level's model; the recommended one is what the page takes by itself."""
        recommended = any(
            offer.choice.recommended and offer.choice.card.name == name
            for offer in self.levels.offers
        )
        if recommended:
            self._reset("model")
        else:
            self._override("model", name)

    def _choose_among_all(self) -> None:
        if self._advice is None:
            return
        config = self._advice.config
        dialog = AllModels(config.task, config.model, self._plan.weights_present, self)
        if dialog.exec():
            self._plan.override("model", dialog.chosen)
        dialog.deleteLater()

    def _reset(self, name: str) -> None:
        self._plan.reset(name)
        self.refresh()

    def take_rate(self, rate: float) -> None:
        """Train with a learning rate that was found."""
        self._override("lr", rate)

    def _ask_for_rate(self) -> None:
        if self._advice is not None:
            self.rate_requested.emit(self._advice.config)

    def _start_from_scratch(self) -> None:
        self._plan.override("weights", "scratch")
        self.refresh()
        self.request_training()

    def _show_options(self, shown: bool) -> None:
        self.form.set_editing(shown)
        self.finer.setVisible(shown)
        self.options.setText(self.tr("Hide options") if shown else self.tr("Options"))
        self.options.setIcon(icon("chevron-up" if shown else "chevron-down"))

    def _on_device(self) -> None:
        self._plan.machine = self._device.facts
        card = self._device.unused_gpu
        self.gpu.say(
            self.tr(
                "This computer has an {card}, but the installed PyTorch can only use the "
                "processor. Install the CUDA build as shown on "
                '<a href="https://pytorch.org/get-started/locally/">pytorch.org</a>, then start '
                "Vision Studio again: training will be many times faster."
            ).format(card=card)
            if card
            else ""
        )
        self.refresh()
