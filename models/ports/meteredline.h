#pragma once

#include <QObject>

namespace Counterfoil {

// Whether the computer's way to the network is paid for by what it carries, or by the minute. GUI thread.
class MeteredLine : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual bool isMetered() const = 0; // false also while nobody knows

Q_SIGNALS:
    void changed();
};

} // namespace Counterfoil
