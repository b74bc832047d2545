#include "detailpane.h"

#include "banner.h"
#include "calendars.h"
#include "detailheading.h"
#include "display.h"
#include "freshness.h"
#include "linksbar.h"
#include "recordcell.h"
#include "recordheader.h"
#include "statepanel.h"
#include "statuschip.h"
#include "statuswording.h"
#include "style.h"
#include "type.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int margin = RecordHeader::edgePadding; // so that tables of lines run from side to side

} // namespace

DetailPane::DetailPane(const PaneContext &context, const RecordType &kind, const Words &words,
                       QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_kind(kind)
    , m_words(words)
    , m_watch(new RecordWatch(context.readers, this))
    , m_calendars(new Calendars(context.readers, context.clock, this))
    , m_heading(new DetailHeading(words.name, this))
    , m_scroll(new QScrollArea(this))
{
    setAccessibleName(words.name);
    auto *copy = new QPushButton;
    copy->setIcon(Icons::icon(Icons::Icon::Copy));
    copy->setToolTip(words.copyNumber);
    copy->setAccessibleName(words.copyNumber);
    connect(copy, &QPushButton::clicked, this, &DetailPane::copyNumber);
    addHeadingButton(copy);
    buildBody();
    m_state = new StatePanel(this);
    m_state->tell(words.icon, words.noneTitle, words.noneText);
    connect(m_watch, &RecordWatch::changed, this, &DetailPane::show);
    connect(&context.wording, &StatusWording::changed, this, &DetailPane::show);
    connect(m_calendars, &Calendars::changed, this, &DetailPane::show);
    connect(&context.freshness, &Freshness::changed, this, [this] {
        if (m_watch->state() == RecordWatch::State::Here)
            showFacts();
    });
}

QWidget *DetailPane::heading() const
{
    return m_heading;
}

void DetailPane::addHeadingButton(QPushButton *button)
{
    m_heading->addButton(button);
}

void DetailPane::buildBody()
{
    auto *body = new QWidget;
    m_sections = new QVBoxLayout(body);
    m_sections->setContentsMargins(0, Space::small, 0, margin);
    m_sections->setSpacing(0);
    m_banner = new Banner(body);
    m_linksBar = new LinksBar(body);
    m_facts = new FactsGrid(12, 6, body);
    m_addresses = new FactsGrid(17, 3, body);
    m_top = new QVBoxLayout;
    m_top->setContentsMargins(margin, 0, margin, 0);
    m_top->setSpacing(Space::large);
    m_top->addWidget(m_banner);
    m_top->addWidget(m_linksBar);
    m_top->addWidget(m_facts);
    m_top->addWidget(m_addresses);
    m_sections->addLayout(m_top);
    m_sections->addSpacing(Space::huge);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, seen only where there is something to scroll: what is as high as its width lets it be
    // would otherwise make the bar come and go without end.
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_scroll->setWidget(body);
    m_scroll->setAccessibleName(tr("Details"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
    connect(m_linksBar, &LinksBar::chosen, this, &DetailPane::linkChosen);
}

DetailPane::Section DetailPane::addSection(const QString &title, QWidget *content, int sideMargin)
{
    auto *box = new QWidget(m_scroll->widget());
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, Space::huge);
    layout->setSpacing(0);
    auto *label = new QLabel(title, box);
    Type::set(*label, Type::Role::CaptionStrong);
    Type::setMuted(*label);
    label->setContentsMargins(margin, 0, margin, 0);
    layout->addWidget(label);
    auto *inset = new QHBoxLayout;
    inset->setContentsMargins(sideMargin, sideMargin > 0 ? Space::small : 0, sideMargin, 0);
    inset->addWidget(content);
    layout->addLayout(inset);
    m_sections->addWidget(box);
    return {box, label};
}

void DetailPane::addBelowBanner(QWidget *widget)
{
    m_top->insertWidget(1, widget);
}

void DetailPane::endSections()
{
    m_sections->addStretch();
}

void DetailPane::setKey(const QString &key)
{
    if (key == this->key())
        return;
    m_watch->setRef({&m_kind, key.toStdString()});
    m_scroll->verticalScrollBar()->setValue(0);
}

QString DetailPane::key() const
{
    return QString::fromStdString(m_watch->ref().key);
}

void DetailPane::goToLink(qsizetype index)
{
    if (index >= 0 && index < m_links.size())
        Q_EMIT linkChosen(m_links[index].ref, false);
}

void DetailPane::copyNumber() const
{
    if (!m_shownNumber.isEmpty())
        QGuiApplication::clipboard()->setText(m_shownNumber);
}

bool DetailPane::copySummary() const
{
    const QString words = m_watch->state() == RecordWatch::State::Here ? summary() : QString();
    if (words.isEmpty())
        return false;
    const SyncStatus &status = m_context.freshness.status();
    const QString asOf = status.asOf.isSet()
        ? u'\n' + tr("As of %1.", "a time").arg(Display::dateAndTime(status.asOf))
        : QString();
    QGuiApplication::clipboard()->setText(words + asOf);
    return true;
}

void DetailPane::focusBody()
{
    m_scroll->setFocus(Qt::OtherFocusReason);
}

void DetailPane::show()
{
    showState();
    if (m_watch->state() != RecordWatch::State::Here)
        return; // while the next record loads, the last one stays: no flicker
    showLinks();
    showRecord();
}

void DetailPane::showState()
{
    using Icons::Icon;
    using State = RecordWatch::State;
    switch (m_watch->state()) {
    case State::None:
        m_state->tell(m_words.icon, m_words.noneTitle, m_words.noneText);
        break;
    case State::Missing:
        m_state->tell(Icon::Empty, m_words.missingTitle,
                      tr("It was removed, or you may no longer see it. If it is new, it appears here once it "
                         "arrives."));
        break;
    case State::Failed:
        m_state->tell(Icon::Warning, tr("This could not be read"), m_watch->errorText());
        break;
    case State::Loading:
        return;
    case State::Here:
        m_state->dismiss();
        break;
    }
    const bool here = m_watch->state() == State::Here;
    m_heading->setEnabled(here);
    if (!here && !m_links.isEmpty()) {
        m_links.clear();
        m_linksBar->setLinks(m_links);
        Q_EMIT linksChanged();
    }
}

void DetailPane::showLinks()
{
    QList<RecordLink> links = linksOf(*m_watch, m_context.person, m_context.wording, {today()});
    for (const RecordLink &more : moreLinks()) {
        const bool known = more.ref == m_watch->ref()
            || std::ranges::any_of(links, [&more](const RecordLink &link) { return link.ref == more.ref; });
        if (!known && links.size() < mostLinksShown)
            links.append(more);
    }
    if (links == m_links)
        return;
    m_links = links;
    m_linksBar->setLinks(links);
    Q_EMIT linksChanged();
}

void DetailPane::setHeading(const QString &number, const QString &subtitle, const QString &fullForm)
{
    m_heading->setWords(number, subtitle, fullForm);
    if (number == m_shownNumber)
        return;
    m_shownNumber = number;
    Q_EMIT titleChanged(number);
}

void DetailPane::setChip(const QString &text, const QString &symbol, Tone tone)
{
    m_heading->chip().setState(text, symbol, tone);
}

void DetailPane::setBanner(const QString &sentence, Tone tone)
{
    m_banner->tell(sentence, tone);
}

Date DetailPane::today() const
{
    const AnyRecord record = m_watch->any();
    const Field *account = m_kind.findFlag(AccountKey);
    return m_calendars->today(account && !record.isNull() ? account->in<std::string>(record.data())
                                                          : std::string());
}

Fact DetailPane::asOf() const
{
    return {tr("As of"), m_context.freshness.asOf(), m_context.freshness.sentence()};
}

namespace DetailText {

QString orDash(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("–") : text;
}

QString sentence(const std::string &words)
{
    const QString text = Display::text(words);
    static const QString ends = QStringLiteral(".!?…。");
    return text.isEmpty() || ends.contains(text.back()) ? text : text + u'.';
}

QString place(const std::string &name, const std::string &address)
{
    QStringList lines = Display::text(address).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const QString heading = Display::text(name);
    lines.removeAll(heading); // some ERPs say the name in the address again
    lines.prepend(orDash(heading));
    return lines.join(QLatin1Char('\n'));
}

} // namespace DetailText

} // namespace Counterfoil
