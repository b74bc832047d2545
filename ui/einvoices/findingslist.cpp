#include "findingslist.h"

#include "banner.h"
#include "einvoicewords.h"
#include "icons.h"
#include "selectable.h"
#include "tokens.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int pictureSide = 15;

// A pictogram in the colour of its tone.
class Mark final : public QWidget
{
public:
    Mark(bool wrong, QWidget *parent)
        : QWidget(parent)
        , m_wrong(wrong)
    {
        setFixedSize(pictureSide, pictureSide + 2);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(palette());
        QPainter painter(this);
        Icons::paint(painter, m_wrong ? Icons::Icon::Warning : Icons::Icon::Info,
                     QRectF(0, 2, pictureSide, pictureSide), m_wrong ? t.tone(Tone::Bad).text : t.muted);
    }

private:
    bool m_wrong;
};

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    makeSelectable(*label);
    return label;
}

QString agreement(const EInvoiceReport &report)
{
    const bool more = !report.all().empty();
    if (report.record)
        return more ? FindingsList::tr("This e-invoice agrees. Worth knowing:")
                    : FindingsList::tr("This e-invoice agrees.");
    return more ? FindingsList::tr("This e-invoice agrees in itself. Worth knowing:")
                : FindingsList::tr("This e-invoice agrees in itself.");
}

// Nobody is to think that more was compared than was, above all not where the money goes.
QString whatWasLookedAt(const EInvoiceReport &report)
{
    QStringList looked{FindingsList::tr("sums, taxes and required terms by the rules of EN 16931")};
    if (report.record)
        looked.append(
            FindingsList::tr("number, dates, names, order, lines and amounts against what the ERP says"));
    if (report.pages)
        looked.append(FindingsList::tr("number and total against the words on the pages"));
    QStringList sentences{FindingsList::tr("Checked: %1.", "a list").arg(looked.join(QStringLiteral("; ")))};
    if (report.record)
        sentences.append(
            FindingsList::tr("Not compared: addresses, shipment, terms, and to whom and to which "
                             "account to pay."));
    else if (report.whyNoRecord.isEmpty())
        sentences.append(FindingsList::tr("It was not compared with the ERP."));
    else
        sentences.append(report.whyNoRecord);
    return sentences.join(u' ');
}

} // namespace

FindingsList::FindingsList(QWidget *parent)
    : QWidget(parent)
    , m_verdict(new Banner(this))
    , m_layout(new QVBoxLayout(this))
    , m_looked(textLabel({}, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::small);
    m_layout->addWidget(m_verdict);
    Type::set(*m_looked, Type::Role::Caption);
    Type::setMuted(*m_looked);
    m_layout->addWidget(m_looked);
}

QString FindingsList::verdict() const
{
    return m_verdict->text();
}

QString FindingsList::looked() const
{
    return m_looked->text();
}

void FindingsList::setReport(const EInvoiceReport &report)
{
    delete m_rows;
    m_rows = new QWidget(this);
    auto *rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(Space::medium, 0, 0, 0);
    rows->setSpacing(Space::unit + 2);
    m_layout->insertWidget(1, m_rows);
    m_sentences.clear();
    const EInvoiceFindings findings = report.all();
    for (const EInvoiceFinding &finding : findings)
        addFinding(finding, report.invoice->currency);
    m_rows->setVisible(!findings.empty());
    if (!report.agrees())
        m_verdict->tell(tr("This e-invoice does not agree."), Tone::Bad);
    else
        m_verdict->tell(agreement(report), Tone::Ok);
    m_looked->setText(whatWasLookedAt(report));
}

void FindingsList::addFinding(const EInvoiceFinding &finding, const QString &currency)
{
    auto *row = new QWidget(m_rows);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::small);
    const bool wrong = finding.grade() == EInvoiceFinding::Grade::Wrong;
    layout->addWidget(new Mark(wrong, row), 0, Qt::AlignTop);
    m_sentences.append(EInvoiceWords::sentence(finding, currency));
    layout->addWidget(textLabel(m_sentences.last(), row), 1, Qt::AlignTop);
    if (!finding.rule.isEmpty()) {
        auto *rule = new QLabel(finding.rule, row);
        Type::set(*rule, Type::Role::Caption);
        Type::setMuted(*rule);
        rule->setToolTip(tr("The rule of EN 16931 that says so"));
        layout->addWidget(rule, 0, Qt::AlignTop);
    }
    m_rows->layout()->addWidget(row);
}

} // namespace Counterfoil
