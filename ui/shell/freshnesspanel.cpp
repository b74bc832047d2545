#include "freshnesspanel.h"

#include "display.h"
#include "document.h"
#include "documentport.h"
#include "freshness.h"
#include "kinds.h"
#include "pill.h"
#include "recordcounts.h"
#include "type.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace Counterfoil {

namespace {

constexpr int panelWidth = 320;

QString kindTitle(const QString &kind)
{
    static constexpr struct
    {
        const char *kind;
        const char *title;
    } titles[] = {
        {"order", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Orders")},
        {"shipment", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Shipments")},
        {"invoice", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Invoices and credit memos")},
        {"payment", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Payments")},
        {"creditStanding", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Credit standings")},
        {"document", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Documents")},
        {"address", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Addresses")},
        {"contact", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Contacts")},
        {"cart", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Carts")},
        {"account", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Accounts")},
        {"status", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Wording of states")},
        {"", QT_TRANSLATE_NOOP("Counterfoil::FreshnessPanel", "Missed changes")},
    };
    for (const auto &each : titles) {
        if (kind == QLatin1String(each.kind))
            return FreshnessPanel::tr(each.title);
    }
    return kind;
}

QLabel *addText(QVBoxLayout &layout, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    Type::setMuted(*label);
    layout.addWidget(label);
    return label;
}

} // namespace

FreshnessPanel::FreshnessPanel(const Freshness &freshness, RecordCounts &counts,
                               const DocumentPort &documents, QWidget *parent)
    : QWidget(parent)
    , m_freshness(freshness)
    , m_counts(counts)
    , m_documents(documents)
    , m_title(new QLabel(this))
    , m_kinds(new QGridLayout)
    , m_retry(new QPushButton(tr("Try now"), this))
    , m_connected(new Switch(this))
{
    setFixedWidth(panelWidth);
    setAccessibleName(tr("State of synchronisation"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    layout->setSpacing(Space::small);
    Type::set(*m_title, Type::Role::Strong);
    layout->addWidget(m_title);
    m_sentence = addText(*layout, this);
    m_kinds->setVerticalSpacing(Space::unit);
    m_kinds->setHorizontalSpacing(Space::medium);
    m_kinds->setColumnStretch(0, 1);
    layout->addLayout(m_kinds);
    m_received = addText(*layout, this);
    m_outbox = addText(*layout, this);
    m_outbox->hide();
    m_error = addText(*layout, this);
    m_error->setForegroundRole(QPalette::WindowText);
    auto *attempt = new QHBoxLayout;
    m_next = new QLabel(this);
    Type::setMuted(*m_next);
    attempt->addWidget(m_next, 1);
    attempt->addWidget(m_retry);
    layout->addLayout(attempt);
    m_memory = addText(*layout, this);
    m_memory->setText(
        tr("This computer has no key store, so you stay signed in only until the program ends."));
    m_memory->hide();
    m_connected->setAccessibleName(tr("Connected to the gateway"));
    m_connected->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(m_connected);

    connect(m_retry, &QPushButton::clicked, this, &FreshnessPanel::retryWanted);
    connect(m_connected, &QAbstractButton::clicked, this, &FreshnessPanel::connectedChosen);
    connect(&freshness, &Freshness::changed, this, &FreshnessPanel::show);
    connect(&counts, &RecordCounts::changed, this, &FreshnessPanel::show);
    connect(&documents, &DocumentPort::holdingsChanged, this, &FreshnessPanel::show);
    show();
}

void FreshnessPanel::setKeptInMemoryOnly(bool only)
{
    m_memory->setVisible(only);
}

void FreshnessPanel::setOutbox(const QString &sentence)
{
    m_outbox->setText(sentence);
    m_outbox->setVisible(!sentence.isEmpty());
}

FreshnessPanel::KindRow &FreshnessPanel::rowFor(const QString &kind)
{
    const auto known = m_rows.find(kind);
    if (known != m_rows.end())
        return *known;
    const int line = static_cast<int>(m_rows.size()) * 2;
    KindRow row{new QLabel(kindTitle(kind), this), new QLabel(this), new QProgressBar(this)};
    Type::setMuted(*row.figures);
    row.bar->setTextVisible(false);
    row.bar->setFixedHeight(4);
    row.bar->setAccessibleName(kindTitle(kind));
    m_kinds->addWidget(row.name, line, 0);
    m_kinds->addWidget(row.figures, line, 1, Qt::AlignTrailing);
    m_kinds->addWidget(row.bar, line + 1, 0, 1, 2);
    return *m_rows.insert(kind, row);
}

void FreshnessPanel::showKinds()
{
    for (const KindRow &row : std::as_const(m_rows)) {
        for (QWidget *part : std::initializer_list<QWidget *>{row.name, row.figures, row.bar})
            part->hide();
    }
    const SyncStatus::Mode mode = m_freshness.status().mode;
    if (mode == SyncStatus::Mode::Filling || mode == SyncStatus::Mode::CatchingUp)
        showProgress();
    else
        showCounts();
}

void FreshnessPanel::showProgress()
{
    for (const SyncStatus::KindProgress &kind : m_freshness.status().progress) {
        const KindRow &row = rowFor(kind.kind);
        showShare(row, kind.done, kind.total, tr("%1 of %2"));
        row.name->show();
        row.figures->show();
    }
}

// `words`: "%1 of %2". A total of 0 is not known yet.
void FreshnessPanel::showShare(const KindRow &row, qint64 done, qint64 total, const QString &words)
{
    const QLocale locale;
    row.figures->setText(total > 0 ? words.arg(locale.toString(done), locale.toString(total))
                                   : locale.toString(done));
    row.bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        row.bar->setValue(static_cast<int>(done * 1000 / total));
    row.bar->show();
}

void FreshnessPanel::showCounts()
{
    const auto &counts = m_counts.counts();
    for (const RecordType *type : allKinds()) {
        const QString kind = Display::text(std::string(type->name));
        const auto count = counts.find(kind);
        // Who may not see invoices has none of their kinds, and need not be told so.
        if (count == counts.end() || (type->financial && count->rows == 0))
            continue;
        const KindRow &row = rowFor(kind);
        if (type == &Document::type) {
            row.figures->setText(holdings());
        } else if (count->unsearched > 0) {
            showShare(row, count->rows - count->unsearched, count->rows, tr("%1 of %2 can be searched"));
        } else {
            row.figures->setText(QLocale().toString(count->rows));
        }
        row.name->show();
        row.figures->show();
    }
}

QString FreshnessPanel::holdings() const
{
    const DocumentPort::Holdings held = m_documents.holdings();
    const QLocale locale;
    const QString words = held.paused
        ? tr("%1 of %2 here, %3; no more on a metered line", "as that without a metered line")
        : tr("%1 of %2 here, %3", "documents on this computer, all documents, how large they are");
    return words.arg(locale.toString(held.here), locale.toString(held.known),
                     locale.formattedDataSize(held.bytes));
}

void FreshnessPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_counts.setWatched(true);
}

void FreshnessPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_counts.setWatched(false);
}

void FreshnessPanel::show()
{
    const SyncStatus &status = m_freshness.status();
    m_title->setText(m_freshness.summary());
    m_sentence->setText(m_freshness.sentence());
    showKinds();
    const QLocale locale;
    m_received->setText(
        tr("%1 changes received since the start", nullptr, static_cast<int>(status.changesReceived))
            .arg(locale.toString(status.changesReceived)));
    m_error->setText(status.lastError ? status.lastError->userText : QString());
    m_error->setVisible(status.lastError.has_value() && !status.disconnectedByPerson);
    const bool offline = status.mode == SyncStatus::Mode::Offline && !status.disconnectedByPerson;
    m_next->setVisible(offline);
    m_retry->setVisible(offline);
    m_next->setText(status.nextAttemptInMs > 0
                        ? tr("Next attempt within %1 s").arg((status.nextAttemptInMs + 999) / 1000)
                        : QString());
    m_connected->setChecked(!status.disconnectedByPerson);
    m_connected->setText(status.disconnectedByPerson ? tr("Disconnected") : tr("Connected"));
}

} // namespace Counterfoil
