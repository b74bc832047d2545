#pragma once

#include "outboxwords.h"

#include <QHash>
#include <QWidget>

class QAbstractItemModel;
class QKeyEvent;
class QLabel;
class QListView;
class QPushButton;

namespace Counterfoil {

// Everything that was asked for and is not done with: each entry with how it stands, and below the list
// what can be done about the one chosen. Arrows choose, Enter does what is most likely wanted, Del cancels or
// dismisses. Shows any model that answers the roles in outboxwords.h.
class OutboxPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit OutboxPanel(QAbstractItemModel &model, QWidget *parent = nullptr);

    QString currentKey() const;      // empty: none
    void choose(const QString &key); // nothing for an entry that is not listed
    void setSummary(const QString &text);

    QSize sizeHint() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void actionChosen(Counterfoil::OutboxAction action, const QString &key);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildButtons();
    void showCurrent();
    void fit();
    void chooseFirst();
    void keepCurrent(); // else the first
    OutboxActions currentActions() const;
    bool pressKey(const QKeyEvent &event);
    void run(OutboxAction action);

    QAbstractItemModel &m_model;
    QLabel *m_summary;
    QListView *m_list;
    QLabel *m_empty;
    QWidget *m_foot;
    QHash<int, QPushButton *> m_buttons; // by OutboxAction
    QString m_shownKey;
};

// What stands in the window's bar: "2 waiting", "1 needs you"; and the same in a sentence.
namespace OutboxSummary {
QString brief(const OutboxCounts &counts); // empty: nothing to say
QString sentence(const OutboxCounts &counts);
} // namespace OutboxSummary

} // namespace Counterfoil
