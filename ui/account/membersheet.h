#pragma once

#include "filterchip.h"
#include "formsheet.h"
#include "peopleport.h"

class QLineEdit;

namespace Counterfoil {

class FormField;
class LimitFields;

// Invites somebody, or changes what they may do. After an invitation it shows the first password, once.
class MemberSheet final : public FormSheet
{
    Q_OBJECT
public:
    // `accounts` are those that may be given, by key. A member without a sign-in name is invited.
    MemberSheet(QWidget *window, const Member &member, const QList<Choice> &accounts);

    void open();
    const Member &member() const { return m_member; } // as it was
    LimitFields &limits() const { return *m_body.limits; }

    void finish();                           // it was changed
    void showPassword(const QString &first); // somebody was invited
    void refuse(const QString &sentence);    // neither

Q_SIGNALS:
    void wanted(const Counterfoil::Member &member);

protected:
    bool isTyped() const override;
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        QWidget *fields;
        FormField *user;
        FormField *name;
        FormField *role;
        FilterChip *accounts;
        FormField *prices;
        FormField *invoices;
        LimitFields *limits;
        QWidget *password;
        QLineEdit *passwordText;
        QWidget *copy;
    };
    MemberSheet(QWidget *window, const Member &member, const QList<Choice> &accounts, const Body &body);
    static Body build(const Member &member);
    static void buildPassword(Body &body);
    Member filledIn() const;
    bool isInvitation() const { return m_member.user.isEmpty(); }

    const Member m_member;
    const Body m_body;
    bool m_finished = false;
};

} // namespace Counterfoil
