#pragma once

#include <QAbstractButton>

#include <string>
#include <vector>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace Counterfoil {

class AccountListModel;
class Popover;

// Whose records are looked at. Lists the accounts with their branches; type to find.
class AccountSwitcher final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit AccountSwitcher(AccountListModel &model, QWidget *parent = nullptr);

    void open();
    QString chosenKey() const { return m_key; } // empty: all
    // The account chosen and, of a parent, its branches; empty: no restriction.
    std::vector<std::string> accounts() const;
    std::string firstAccount() const; // of those; of all the person sees when there is no restriction
    void restore(const QString &key);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void chosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void describe();
    int rowOf(const QString &key) const;

    AccountListModel &m_model;
    QSortFilterProxyModel *m_matching;
    QLineEdit *m_search;
    QListView *m_list;
    Popover *m_card;
    QString m_key;
};

} // namespace Counterfoil
