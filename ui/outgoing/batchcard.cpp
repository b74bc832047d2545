#include "batchcard.h"

#include "flowlayout.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

using State = DocumentBatch::State;
using ItemState = DocumentBatch::ItemState;

constexpr int shadowMargin = 14;
constexpr int batchCardDigits = 54;
constexpr int mostPercent = 40;        // of its window, as long as that is enough for its buttons
constexpr int mostFailuresShown = 200; // more are counted
constexpr int failureLines = 7;        // seen at once; the rest is scrolled to

} // namespace

BatchCard::BatchCard(QWidget *window)
    : QWidget(window)
    , m_title(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_progress(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_failures(new QLabel)
    , m_pause(addButton(tr("Pause"), &BatchCard::pauseOrGoOn))
    , m_retry(addButton(tr("Try the failed ones again"), &BatchCard::retry))
    , m_leaveOut(addButton(tr("Leave them out"), &BatchCard::leaveOut))
    , m_cancel(addButton(tr("Cancel"), &BatchCard::cancel))
    , m_folder(addButton(tr("Open the folder"), &BatchCard::openFolder))
    , m_close(addButton(tr("Close"), &BatchCard::dismiss))
{
    build();
    window->installEventFilter(this);
    hide();
}

QPushButton *BatchCard::addButton(const QString &text, void (BatchCard::*run)())
{
    auto *button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, run);
    return button;
}

void BatchCard::build()
{
    Type::set(*m_title, Type::Role::Strong);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("How far it is"));
    m_bar->setFixedHeight(Space::small);
    for (QLabel *label : {m_progress, m_failures}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    }
    m_failures->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    Type::setMuted(*m_progress);
    m_scroll->setWidget(m_failures);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_failures->setAutoFillBackground(false);
    m_scroll->setAccessibleName(tr("What failed"));

    auto *buttons = new FlowLayout(Space::small);
    for (QPushButton *button : {m_pause, m_retry, m_leaveOut, m_cancel, m_folder, m_close})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    constexpr int margin = shadowMargin + Space::large;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(Space::small);
    layout->addWidget(m_title);
    layout->addWidget(m_bar);
    layout->addWidget(m_progress);
    layout->addWidget(m_scroll);
    layout->addLayout(buttons);
}

void BatchCard::follow(DocumentBatch &batch, OutgoingWords::Way way, const QString &place)
{
    if (m_batch)
        m_batch->disconnect(this);
    m_batch = &batch;
    m_way = way;
    m_place = place;
    connect(&batch, &DocumentBatch::changed, this, &BatchCard::refresh);
    connect(&batch, &QObject::destroyed, this, &BatchCard::dismiss);
    refresh();
}

void BatchCard::dismiss()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT dismissed();
}

QString BatchCard::text() const
{
    return m_title->text() + u'\n' + m_progress->text() + u'\n' + m_shownFailures;
}

void BatchCard::refresh()
{
    if (!m_batch)
        return;
    m_title->setText(OutgoingWords::title(m_way, *m_batch));
    m_progress->setText(OutgoingWords::progress(m_way, *m_batch));
    setAccessibleName(m_title->text() + QLatin1String(". ") + m_progress->text());
    const auto all = static_cast<int>(m_batch->items().size());
    const auto open = all
        - static_cast<int>(m_batch->count(ItemState::Taken) + m_batch->count(ItemState::Failed)
                           + m_batch->count(ItemState::LeftOut));
    // The end of a pack has no measure of its own.
    m_bar->setRange(0, m_batch->state() == State::Ending ? 0 : all);
    m_bar->setValue(all - open);
    m_bar->setVisible(!m_batch->isOver());
    showFailures();
    showButtons();
    show();
    raise();
    place();
}

void BatchCard::showFailures()
{
    QStringList lines;
    std::size_t more = 0;
    for (const DocumentBatch::Item &item : m_batch->items()) {
        if (item.state != ItemState::Failed && item.state != ItemState::LeftOut)
            continue;
        if (lines.size() < mostFailuresShown)
            lines.append(tr("%1: %2", "a document, and why it failed")
                             .arg(OutgoingWords::nameOf(item.document), item.error.userText));
        else
            ++more;
    }
    if (more > 0)
        lines.append(tr("And %Ln more.", nullptr, static_cast<int>(more)));
    m_shownFailures = lines.join(QLatin1Char('\n'));
    if (m_failures->text() != m_shownFailures)
        m_failures->setText(m_shownFailures);
    m_scroll->setVisible(!lines.isEmpty());
}

void BatchCard::showButtons()
{
    const State state = m_batch->state();
    const bool failed = m_batch->count(ItemState::Failed) > 0;
    const bool runs = state == State::Running || state == State::Paused;
    m_pause->setText(state == State::Paused ? tr("Go on") : tr("Pause"));
    m_pause->setVisible(runs);
    m_retry->setVisible((failed && state != State::Ending && state != State::Cancelled)
                        || state == State::Failed);
    m_retry->setText(state == State::Failed ? tr("Try again") : tr("Try the failed ones again"));
    m_leaveOut->setVisible(state == State::Stuck);
    m_cancel->setVisible(!m_batch->isOver());
    const bool any = m_batch->count(ItemState::Taken) > 0;
    m_folder->setVisible(m_batch->isOver() && any && !m_place.isEmpty() && state == State::Done);
    m_close->setVisible(m_batch->isOver());
}

void BatchCard::place()
{
    const QSize host = parentWidget()->size();
    const int wanted = fontMetrics().horizontalAdvance(QLatin1Char('0')) * batchCardDigits + 2 * shadowMargin;
    const int share = std::max(host.width() * mostPercent / 100, layout()->totalMinimumSize().width());
    const int width = std::min({wanted, share, host.width()});
    const int inner = width - 2 * (shadowMargin + Space::large);
    m_scroll->setFixedHeight(
        std::clamp(m_failures->heightForWidth(inner - 20), 0, fontMetrics().lineSpacing() * failureLines));
    layout()->activate();
    const int height = std::min(layout()->hasHeightForWidth() ? layout()->heightForWidth(width)
                                                              : layout()->sizeHint().height(),
                                host.height());
    setGeometry(host.width() - width - Space::small, host.height() - height - Space::small, width, height);
}

void BatchCard::pauseOrGoOn()
{
    if (m_batch && m_batch->state() == State::Paused)
        m_batch->resume();
    else if (m_batch)
        m_batch->pause();
}

void BatchCard::retry()
{
    if (m_batch)
        m_batch->retryFailed();
}

void BatchCard::leaveOut()
{
    if (m_batch)
        m_batch->leaveOutFailed();
}

void BatchCard::cancel()
{
    if (m_batch)
        m_batch->cancel();
}

void BatchCard::openFolder()
{
    Q_EMIT folderWanted(m_place);
}

bool BatchCard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

// Words and their size may change at any time.
bool BatchCard::event(QEvent *event)
{
    const bool taken = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible())
        place();
    return taken;
}

void BatchCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const QRectF card = QRectF(rect()).adjusted(shadowMargin, shadowMargin, -shadowMargin, -shadowMargin);
    paintShadow(painter, card, Radius::card, t.shadow, shadowMargin);
    paintBox(painter, card, Radius::card, t.raised, t.edge);
}

void BatchCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_close->isVisible())
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Counterfoil
