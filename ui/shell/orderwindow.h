#pragma once

#include <QWidget>

namespace Counterfoil {

class Actions;
class CacheReaders;
class Freshness;
class OrderDetailPane;
class StatusWording;

// One order in a window of its own.
class OrderWindow final : public QWidget
{
    Q_OBJECT
public:
    OrderWindow(CacheReaders &readers, const StatusWording &wording, const Freshness &freshness,
                bool showPrices, const QString &key, QWidget *parent = nullptr);

    QString key() const;
    const Actions &actions() const { return *m_actions; }

Q_SIGNALS:
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void addActions();

    Actions *m_actions;
    OrderDetailPane *m_pane;
};

} // namespace Counterfoil
