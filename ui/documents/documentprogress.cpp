#include "documentprogress.h"

#include "tokens.h"
#include "type.h"

#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int barWidth = 260;
constexpr int barHeight = 4;
constexpr int finest = 1000; // steps of the bar; bytes may exceed an int

QString inWords(const DocumentPort::Progress &progress)
{
    const QLocale locale;
    const auto size
        = [&locale](qint64 bytes) { return locale.formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); };
    if (progress.total > 0)
        return DocumentProgress::tr("%1 of %2", "amounts of data")
            .arg(size(progress.done), size(progress.total));
    return progress.done > 0 ? DocumentProgress::tr("%1 so far", "an amount of data").arg(size(progress.done))
                             : DocumentProgress::tr("Waiting for the first bytes");
}

} // namespace

DocumentProgress::DocumentProgress(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_amount(new QLabel(this))
{
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    Type::set(*m_title, Type::Role::Strong);
    m_bar->setFixedSize(barWidth, barHeight);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("How much of the document is here"));
    Type::setMuted(*m_amount);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addSpacing(Space::medium);
    layout->addWidget(m_bar, 0, Qt::AlignHCenter);
    layout->addSpacing(Space::unit);
    layout->addWidget(m_amount, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void DocumentProgress::showFetching(const QString &title, const DocumentPort::Progress &progress)
{
    m_title->setText(title.isEmpty() ? tr("Fetching the document") : tr("Fetching %1").arg(title));
    m_bar->setRange(0, progress.total > 0 ? finest : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(static_cast<double>(progress.done)
                                         / static_cast<double>(progress.total) * finest));
    m_bar->show();
    m_amount->setText(inWords(progress));
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_amount->text());
}

void DocumentProgress::showOpening(const QString &title)
{
    m_title->setText(title.isEmpty() ? tr("Opening the document") : tr("Opening %1").arg(title));
    m_bar->hide();
    m_amount->clear();
    setAccessibleName(m_title->text());
    setAccessibleDescription({});
}

QString DocumentProgress::text() const
{
    return m_title->text() + QLatin1Char('\n') + m_amount->text();
}

void DocumentProgress::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Tokens::of(palette()).ground);
}

} // namespace Counterfoil
