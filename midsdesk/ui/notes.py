"""The notes dock: what the player writes about a build, saved with it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from midsdesk.app import commands
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.docks.head import DockHead
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme


class NotesPanel(QWidget):
    """A field for text; what is typed in a row undoes as one step of the history."""

    def __init__(self, theme: Theme, icons: Icons, controller: DocumentController) -> None:
        """Follow `controller` from now on."""
        super().__init__()
        self._theme = theme
        self._controller = controller
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = DockHead(theme, icons, self.tr("Notes"))
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(self.tr("Notes about this build"))
        self.field.setPlaceholderText(self.tr("Notes about this build; they are saved with it."))
        self.field.setTabChangesFocus(True)
        self.field.setUndoRedoEnabled(False)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        side = round(theme.scaled(8))
        column.setContentsMargins(side, side, side, side)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._typed)
        controller.changed.connect(self._show)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(320)), round(self._theme.scaled(200)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; undo and redo are those of the build."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo):
                event.ignore()
                return True
        return False

    def _typed(self) -> None:
        text = self.field.toPlainText()
        document = self._controller.document
        if document is not None and text != document.build.comment:
            self._controller.run(lambda d: commands.set_comment(d, text))

    def _show(self) -> None:
        document = self._controller.document
        if document is None or self.field.toPlainText() == document.build.comment:
            return
        self.field.blockSignals(True)
        self.field.setPlainText(document.build.comment)
        self.field.blockSignals(False)
