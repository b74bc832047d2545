#pragma once

#include "formsheet.h"

namespace Counterfoil {

// Says what will happen, and asks whether it is to. The button that does it is named after it.
class ConfirmSheet final : public FormSheet
{
    Q_OBJECT
public:
    ConfirmSheet(QWidget *window, const QString &question, const QString &consequence, const QString &verb);

    void open() { FormSheet::open(this); }

Q_SIGNALS:
    void confirmed();

protected:
    bool isTyped() const override { return false; }
    void save() override;
};

} // namespace Counterfoil
