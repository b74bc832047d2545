#include "limitfields.h"

#include "formfield.h"
#include "tokens.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Counterfoil {

namespace {

constexpr char anyOther[] = "*"; // a choice's value is never empty

} // namespace

LimitFields::LimitFields(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout)
    , m_more(new QPushButton(tr("Another limit"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::small);
    m_layout->setSpacing(Space::small);
    layout->addLayout(m_layout);
    layout->addWidget(m_more, 0, Qt::AlignLeft);
    connect(m_more, &QPushButton::clicked, this, [this] { addRow(); });
}

void LimitFields::setLimits(const QList<MemberLimit> &limits, const QList<Choice> &accounts)
{
    m_choices = {{QLatin1String(anyOther), tr("All accounts")}};
    m_choices += accounts;
    for (const MemberLimit &limit : limits) {
        const auto known = std::ranges::find(m_choices, limit.account, &Choice::value);
        if (!limit.account.isEmpty() && known == m_choices.end())
            m_choices.append({limit.account, limit.account});
        addRow(limit, QString::fromStdString(limit.amount.toString()));
    }
    if (m_rows.isEmpty())
        addRow({}, {});
    m_set = typed();
}

void LimitFields::addRow()
{
    addRow({}, {});
    m_rows.last().account->editor()->setFocus(Qt::OtherFocusReason);
}

void LimitFields::addRow(const MemberLimit &limit, const QString &amount)
{
    const bool first = m_rows.isEmpty();
    Row row{
        new FormField(FormField::Kind::Choice, first ? tr("Orders alone, for") : tr("For"), this),
        new FormField(FormField::Kind::Line, first ? tr("up to, with freight and tax") : tr("up to"), this)};
    row.account->setChoices(m_choices);
    row.account->setValue(limit.account.isEmpty() ? QLatin1String(anyOther) : limit.account);
    row.amount->setHint(tr("empty: no limit"));
    row.amount->setValue(amount);
    auto *line = new QHBoxLayout;
    line->setSpacing(Space::medium);
    line->addWidget(row.account, 1);
    line->addWidget(row.amount, 1);
    m_layout->addLayout(line);
    m_rows.append(row);
    m_more->setVisible(m_rows.size() < mostRows);
}

QStringList LimitFields::typed() const
{
    QStringList all;
    for (const Row &row : m_rows) {
        if (const QString amount = row.amount->value().trimmed(); !amount.isEmpty())
            all.append(row.account->value() + u'=' + amount);
    }
    return all;
}

bool LimitFields::isTyped() const
{
    return typed() != m_set;
}

std::optional<QList<MemberLimit>> LimitFields::limits() const
{
    const auto refuse = [](FormField *field, const QString &sentence) {
        field->tell(sentence, Tone::Bad);
        field->editor()->setFocus(Qt::OtherFocusReason);
        return std::nullopt;
    };
    QList<MemberLimit> limits;
    for (const Row &row : m_rows) {
        const QString typed = row.amount->value().trimmed();
        if (typed.isEmpty())
            continue;
        const auto amount = Decimal::parse(typed.toStdString());
        if (!amount || *amount < Decimal())
            return refuse(row.amount, tr("Write an amount from 0 up: 1500 or 1500.50."));
        const QString chosen = row.account->value();
        const QString account = chosen == QLatin1String(anyOther) ? QString() : chosen;
        if (std::ranges::find(limits, account, &MemberLimit::account) != limits.end())
            return refuse(row.account, tr("There is a limit for this already."));
        limits.append({account, *amount});
    }
    return limits;
}

} // namespace Counterfoil
