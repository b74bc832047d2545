#pragma once

#include <QObject>

namespace Counterfoil {

// Hears of every key, click and turn of the wheel in the program, so that what can wait does.
class InputWatch final : public QObject
{
    Q_OBJECT
public:
    explicit InputWatch(QObject &application, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void acted();
};

} // namespace Counterfoil
