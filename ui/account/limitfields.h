#pragma once

#include "filterchip.h"
#include "peopleport.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class FormField;

// What somebody may order without approval: one amount wherever no other is, and others for single accounts.
class LimitFields final : public QWidget
{
    Q_OBJECT
public:
    static constexpr qsizetype mostRows = 20;

    explicit LimitFields(QWidget *parent = nullptr);

    // `accounts` are those that limits can be for, by key.
    void setLimits(const QList<MemberLimit> &limits, const QList<Choice> &accounts);
    bool isTyped() const; // something else than was set
    // Nothing: one of them is no amount, or an account has two; the field says so and has the focus.
    std::optional<QList<MemberLimit>> limits() const;

    FormField &amount(qsizetype row) const { return *m_rows[row].amount; }
    FormField &account(qsizetype row) const { return *m_rows[row].account; }
    qsizetype rows() const { return m_rows.size(); }
    void addRow();

private:
    struct Row
    {
        FormField *account;
        FormField *amount; // empty: the row says nothing
    };
    void addRow(const MemberLimit &limit, const QString &amount);
    QStringList typed() const;

    QList<Choice> m_choices;
    QList<Row> m_rows;
    QStringList m_set;
    QVBoxLayout *m_layout;
    QPushButton *m_more;
};

} // namespace Counterfoil
