#pragma once

#include <QObject>

#include <functional>

namespace Counterfoil {

// Ctrl+Enter in a field of several lines sends what is typed there, whatever the keys mean in the window
// around it.
class SendKey : public QObject
{
    Q_OBJECT
public:
    SendKey(QWidget &field, std::function<void()> send); // goes with the field

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::function<void()> m_send;
};

} // namespace Counterfoil
