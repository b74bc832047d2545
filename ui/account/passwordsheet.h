#pragma once

#include "formsheet.h"
#include "peopleport.h"

namespace Counterfoil {

class FormField;

// One's own password: the one now, and twice the next.
class PasswordSheet final : public FormSheet
{
    Q_OBJECT
public:
    static constexpr int fewestCharacters = 12; // as the gateway wants it

    PasswordSheet(QWidget *window, PeoplePort &port);

    void open();

Q_SIGNALS:
    void done();

protected:
    bool isTyped() const override { return false; } // a password is not worth keeping
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        FormField *now;
        FormField *next;
        FormField *again;
    };
    PasswordSheet(QWidget *window, PeoplePort &port, const Body &body);
    static Body build();

    PeoplePort &m_port;
    const Body m_body;
};

} // namespace Counterfoil
