#include "conflictview.h"

#include "choicebutton.h"
#include "countrynames.h"
#include "display.h"
#include "factsgrid.h"
#include "hairline.h"
#include "outboxwords.h"
#include "recordcell.h"
#include "recordnames.h"
#include "recordwatch.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

using Side = Resolution::Side;

constexpr int sheetCharacters = 128; // its width where there is room, in digits of the body font
constexpr int sheetMargins = 120;    // what the sheet needs beside its content
constexpr int factCharacters = 24;

// As high as what is in it; smaller only where the window is. What wraps asks for more height than it needs
// at the width that there is, so the height for just that width is said for it.
class FittingScrollArea final : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;
    QSize sizeHint() const override { return {width(), widget()->heightForWidth(width())}; }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            fit();
        return QScrollArea::eventFilter(watched, event);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        fit();
    }

private:
    void fit()
    {
        if (widget())
            widget()->setMinimumHeight(widget()->heightForWidth(viewport()->width()));
        updateGeometry();
    }
};

QLabel *addHead(QGridLayout &grid, int column, const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    Type::set(*label, Type::Role::CaptionStrong);
    Type::setMuted(*label);
    grid.addWidget(label, 0, column);
    return label;
}

QString fieldTitle(const Field &field)
{
    return QCoreApplication::translate("Field", field.title);
}

} // namespace

ConflictView::ConflictView(const PaneContext &context, CommandPort &port, const OutboxEntry &entry,
                           const QString &forWhom, QWidget *window)
    : ConflictView(context, port, entry, forWhom, window, new QWidget)
{ }

ConflictView::ConflictView(const PaneContext &context, CommandPort &port, const OutboxEntry &entry,
                           const QString &forWhom, QWidget *window, QWidget *content)
    : Sheet(window, OutboxWords::of(entry, {}).what, content)
    , m_context(context)
    , m_port(port)
    , m_resolution(entry)
    , m_key(Display::text(entry.command.key))
    , m_content(content)
    , m_names(new RecordNames(context.readers, port, this))
    , m_record(new RecordWatch(context.readers, this))
{
    build(entry, forWhom);
    connectPort();
    connect(m_names, &RecordNames::changed, this, &ConflictView::showValues);
    connect(m_record, &RecordWatch::changed, this, &ConflictView::showWhen);
    m_record->setRef({&m_resolution.theirs().type(),
                      entry.outcome.target.empty() ? entry.command.target : entry.outcome.target});
    showValues();
    showWhen();
}

void ConflictView::build(const OutboxEntry &entry, const QString &forWhom)
{
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_content->setFixedWidth(std::min(digit * sheetCharacters, parentWidget()->width() - sheetMargins));
    auto *sentence = new QLabel(m_content);
    sentence->setWordWrap(true);
    const QString when = Display::dateAndTime(entry.command.madeAt);
    const bool retires = m_resolution.mine().isNull();
    sentence->setText(retires
                          ? tr("It was changed elsewhere in the meantime, so nothing was done. See whether "
                               "you still want it.")
                          : tr("It was changed elsewhere in the meantime, so nothing of yours was done. "
                               "Choose what is to count."));
    auto *about = new QLabel(m_content);
    about->setWordWrap(true);
    Type::setMuted(*about);
    about->setText(forWhom.isEmpty()
                       ? tr("Asked for on %1").arg(when)
                       : tr("For %1, asked for on %2", "an account and when").arg(forWhom, when));
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, Space::small, 0);
    layout->setSpacing(Space::medium);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(about);
    words->addWidget(sentence);
    layout->addLayout(words);
    auto *scroll = new FittingScrollArea(m_content);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->resize(m_content->width(), 100);
    scroll->setWidget(buildTable(entry));
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    layout->addWidget(scroll, 1);
    layout->addLayout(buildButtons());
}

QWidget *ConflictView::buildTable(const OutboxEntry &entry)
{
    auto *table = new QWidget;
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::medium);
    grid->setVerticalSpacing(Space::small);
    grid->setColumnStretch(0, 5);
    grid->setColumnStretch(1, 6);
    grid->setColumnStretch(2, 8);
    grid->setColumnStretch(3, 8);
    addHeads(*grid, entry);
    for (std::size_t i = 0; i < m_resolution.choices().size(); ++i)
        addRow(*grid, i);
    m_previewTitle = new QLabel(tr("What is asked for then"), table);
    Type::set(*m_previewTitle, Type::Role::CaptionStrong);
    Type::setMuted(*m_previewTitle);
    m_preview = new FactsGrid(factCharacters, 4, table);
    auto *layout = new QVBoxLayout(table);
    layout->setContentsMargins(0, 0, Space::medium, 0);
    layout->setSpacing(Space::medium);
    layout->addLayout(grid);
    layout->addWidget(hairline(table));
    layout->addWidget(m_previewTitle);
    layout->addWidget(m_preview);
    layout->addStretch();
    m_previewTitle->setVisible(!m_resolution.mine().isNull());
    m_preview->setVisible(!m_resolution.mine().isNull());
    return table;
}

void ConflictView::addHeads(QGridLayout &grid, const OutboxEntry &entry)
{
    addHead(grid, 1, tr("Before"), m_content);
    QLabel *mine = addHead(grid, 2,
                           tr("Yours, %1  (1)", "when it was asked for, and the key")
                               .arg(Display::dateAndTime(entry.command.madeAt)),
                           m_content);
    mine->setVisible(!m_resolution.mine().isNull());
    m_theirsHead = addHead(grid, 3, {}, m_content);
}

void ConflictView::addRow(QGridLayout &grid, std::size_t index)
{
    const Resolution::Choice &choice = m_resolution.choices()[index];
    auto *title = new QLabel(fieldTitle(*choice.field), m_content);
    Type::set(*title, Type::Role::Strong);
    title->setWordWrap(true);
    Row row{new QLabel(m_content), new QLabel(m_content), new ChoiceButton(m_content),
            new ChoiceButton(m_content)};
    Type::set(*row.hint, Type::Role::Caption);
    Type::setMuted(*row.hint);
    row.hint->setWordWrap(true);
    row.before->setWordWrap(true);
    row.before->setContentsMargins(0, 7, 0, 0);
    Type::setMuted(*row.before);
    auto *group = new QButtonGroup(this);
    group->addButton(row.mine);
    group->addButton(row.theirs);
    connect(row.mine, &QAbstractButton::clicked, this, [this, index] { choose(index, Side::Mine); });
    connect(row.theirs, &QAbstractButton::clicked, this, [this, index] { choose(index, Side::Theirs); });
    for (ChoiceButton *button : {row.mine, row.theirs})
        connect(button, &ChoiceButton::keyPressed, this,
                [this, index](QKeyEvent *event) { pressInRow(index, *event); });
    auto *names = new QVBoxLayout;
    names->setContentsMargins(0, 7, 0, 0);
    names->setSpacing(1);
    names->addWidget(title);
    names->addWidget(row.hint);
    names->addStretch();
    const int line = static_cast<int>(index) + 1;
    grid.addLayout(names, line, 0);
    grid.addWidget(row.before, line, 1, Qt::AlignTop);
    grid.addWidget(row.mine, line, 2);
    grid.addWidget(row.theirs, line, 3);
    // Retiring has no value to choose: theirs is shown for what it is.
    row.mine->setVisible(!m_resolution.mine().isNull());
    row.theirs->setEnabled(!m_resolution.mine().isNull());
    m_rows.append(row);
}

QLayout *ConflictView::buildButtons()
{
    m_note = new QLabel(m_content);
    m_note->setWordWrap(true);
    Type::setMuted(*m_note);
    auto *later = new QPushButton(tr("Later"), m_content);
    m_keep = new QPushButton(tr("Keep theirs"), m_content);
    m_send = new QPushButton(
        m_resolution.mine().isNull() ? tr("Retire it all the same") : tr("Send my choice"), m_content);
    later->setToolTip(tr("Decide later; it stays in the outbox (Esc)"));
    m_keep->setToolTip(tr("Leave it as it is there, and let yours go"));
    m_send->setToolTip(tr("Ask for it, also without a connection (Enter)"));
    setLook(*later, ButtonLook::Quiet);
    setLook(*m_send, ButtonLook::Primary);
    connect(later, &QPushButton::clicked, this, &ConflictView::dismiss);
    connect(m_keep, &QPushButton::clicked, this, &ConflictView::keepTheirs);
    connect(m_send, &QPushButton::clicked, this, &ConflictView::send);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Space::small);
    buttons->addWidget(m_note, 1);
    buttons->addWidget(later);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_send);
    return buttons;
}

void ConflictView::connectPort()
{
    connect(&m_port, &CommandPort::entriesChanged, this, &ConflictView::noteEntries);
    connect(&m_port, &CommandPort::queued, this, [this](const QString &key) {
        if (!m_asked.isEmpty() && key == m_asked)
            dismiss();
    });
    connect(&m_port, &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        if (m_asked.isEmpty() || key != m_asked)
            return;
        m_asked.clear();
        showChoices();
        m_note->setText(error.userText);
    });
}

QString ConflictView::valueOf(const Field &field, const AnyRecord &record)
{
    if (field.type == FieldType::Flag)
        return field.in<bool>(record.data()) ? tr("Yes") : tr("No");
    if (field.is(Link)) {
        const auto &key = field.in<std::string>(record.data());
        const QString name = key.empty() ? QString() : m_names->of(*field.target, key);
        return key.empty() || !name.isEmpty() ? name : tr("One that is not known here");
    }
    if (field.name == "country")
        return countryName(field.in<std::string>(record.data()));
    if (field.type == FieldType::List) {
        const Resolution::Differing rest = m_resolution.differing(record);
        QStringList lines{
            recordCell(record.type(), rest.record.data(), field, Qt::DisplayRole, m_context.wording, {})
                .toString()};
        if (rest.same > 0)
            lines.append(tr("The same in all: %1", "how many lines of a cart").arg(rest.same));
        lines.removeAll(QString());
        return lines.join(QLatin1Char('\n'));
    }
    return recordCell(record.type(), record.data(), field, Qt::DisplayRole, m_context.wording, {}).toString();
}

void ConflictView::showValues()
{
    const bool retires = m_resolution.mine().isNull();
    const auto shown = [](const QString &value) { return value.isEmpty() ? tr("Nothing") : value; };
    for (std::size_t i = 0; i < m_resolution.choices().size(); ++i) {
        const Field &field = *m_resolution.choices()[i].field;
        const Row &row = m_rows.at(static_cast<qsizetype>(i));
        row.before->setText(shown(valueOf(field, m_resolution.base())));
        const QString title = fieldTitle(field);
        if (!retires) {
            const QString mine = valueOf(field, m_resolution.mine());
            row.mine->setValue(shown(mine), mine.isEmpty());
            row.mine->setAccessibleName(tr("%1, yours: %2", "a field and its value").arg(title, shown(mine)));
        }
        const QString theirs = valueOf(field, m_resolution.theirs());
        row.theirs->setValue(shown(theirs), theirs.isEmpty());
        row.theirs->setAccessibleName(
            tr("%1, theirs: %2", "a field and its value").arg(title, shown(theirs)));
    }
    showChoices();
}

void ConflictView::showWhen()
{
    const AnyRecord here = m_record->any();
    const bool same = !here.isNull() && equalEditable(here.type(), here.data(), m_resolution.theirs().data());
    const QString when = same ? Display::dateAndTime(m_record->knownSince()) : QString();
    m_theirsHead->setText(when.isEmpty()
                              ? tr("Theirs  (2)", "with the key")
                              : tr("Theirs, %1  (2)", "when they changed it, and the key").arg(when));
}

void ConflictView::showChoices()
{
    for (std::size_t i = 0; i < m_resolution.choices().size(); ++i) {
        const Resolution::Choice &choice = m_resolution.choices()[i];
        const Row &row = m_rows.at(static_cast<qsizetype>(i));
        row.mine->setChecked(choice.side == Side::Mine);
        row.theirs->setChecked(choice.side == Side::Theirs);
        const bool mineAlone
            = equalField(*choice.field, m_resolution.base().data(), m_resolution.theirs().data());
        row.hint->setText(choice.bothChanged ? tr("Changed by both")
                              : mineAlone    ? tr("Changed by you")
                                             : tr("Changed by them"));
    }
    const AnyRecord record = m_resolution.record();
    QList<Fact> facts;
    for (const Field &field : m_resolution.theirs().type().fields) {
        if (record.isNull() || !field.is(Editable) || field.is(Price))
            continue;
        const auto choice = std::ranges::find(m_resolution.choices(), &field, &Resolution::Choice::field);
        const bool isOpen = choice != m_resolution.choices().end() && choice->side == Side::None;
        const QString value = isOpen ? tr("Not chosen yet") : valueOf(field, record);
        if (!value.isEmpty())
            facts.append({fieldTitle(field), value});
    }
    m_preview->setFacts(facts);
    const int open = m_resolution.openChoices();
    const bool idle = m_asked.isEmpty();
    m_send->setEnabled(idle && open == 0 && !m_resolution.keepsTheirs());
    m_keep->setEnabled(idle);
    m_note->setText(
        open > 0 ? tr("%Ln fields are still to be chosen: 1 for yours, 2 for theirs.", nullptr, open)
            : m_resolution.keepsTheirs() ? tr("Nothing of yours is chosen; to leave it at that, keep theirs.")
                                         : QString());
}

void ConflictView::choose(std::size_t index, Side side)
{
    m_resolution.choose(index, side);
    showChoices();
}

void ConflictView::focusRow(std::size_t index)
{
    const Row &row = m_rows.at(static_cast<qsizetype>(index));
    const bool theirs = m_resolution.choices()[index].side == Side::Theirs;
    (theirs ? row.theirs : row.mine)->setFocus(Qt::OtherFocusReason);
}

void ConflictView::focusNextOpen()
{
    const auto open = std::ranges::find(m_resolution.choices(), Side::None, &Resolution::Choice::side);
    if (open != m_resolution.choices().end() && !m_resolution.mine().isNull())
        focusRow(static_cast<std::size_t>(open - m_resolution.choices().begin()));
    else
        (m_send->isEnabled() ? m_send : m_keep)->setFocus(Qt::OtherFocusReason);
}

void ConflictView::pressInRow(std::size_t index, QKeyEvent &event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    Side side = Side::None;
    switch (event.key()) {
    case Qt::Key_1:
        side = Side::Mine;
        break;
    case Qt::Key_2:
        side = Side::Theirs;
        break;
    case Qt::Key_Left:
        side = mirrored ? Side::Theirs : Side::Mine;
        break;
    case Qt::Key_Right:
        side = mirrored ? Side::Mine : Side::Theirs;
        break;
    case Qt::Key_Up:
        event.accept();
        if (index > 0)
            focusRow(index - 1);
        return;
    case Qt::Key_Down:
        event.accept();
        if (index + 1 < m_resolution.choices().size())
            focusRow(index + 1);
        else
            focusNextOpen();
        return;
    default:
        return;
    }
    event.accept();
    choose(index, side);
    focusRow(index);
    // A digit decides and goes on; an arrow lets one look at both first.
    if (event.key() == Qt::Key_1 || event.key() == Qt::Key_2)
        focusNextOpen();
}

void ConflictView::begin()
{
    open();
    focusNextOpen();
}

void ConflictView::dismiss()
{
    Sheet::dismiss();
    deleteLater();
}

void ConflictView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        Sheet::keyPressEvent(event);
        return;
    }
    if (m_keep->hasFocus())
        keepTheirs();
    else if (m_send->isEnabled())
        send();
    else
        focusNextOpen();
}

void ConflictView::noteEntries()
{
    const OutboxEntries entries = m_port.entries();
    const bool undecided = std::ranges::any_of(*entries, [this](const OutboxEntry &entry) {
        return entry.command.key == m_key.toStdString() && entry.needsDecision();
    });
    if (!undecided && !isHidden())
        dismiss();
}

void ConflictView::send()
{
    if (!m_asked.isEmpty())
        return;
    m_asked = m_port.resubmit(m_key, m_resolution.command());
    showChoices();
}

void ConflictView::keepTheirs()
{
    m_port.dismiss(m_key);
    dismiss();
}

} // namespace Counterfoil
