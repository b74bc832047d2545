#include "findingslist.h"

#include "banner.h"
#include "einvoicewords.h"
#include "icons.h"
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
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::ClickFocus);
    return label;
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
    else if (findings.empty())
        m_verdict->tell(tr("This e-invoice agrees."), Tone::Ok);
    else
        m_verdict->tell(tr("This e-invoice agrees. Worth knowing:"), Tone::Ok);
    QStringList looked{tr("sums, taxes and required terms by the rules of EN 16931")};
    looked.append(report.record ? tr("every term against what the ERP says")
                                : tr("not against the ERP, which has no such invoice here"));
    if (report.pages)
        looked.append(tr("number and total against the words on the pages"));
    m_looked->setText(tr("Checked: %1.", "a list").arg(looked.join(QStringLiteral("; "))));
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
