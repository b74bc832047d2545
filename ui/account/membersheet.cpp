#include "membersheet.h"

#include "formfield.h"
#include "limitfields.h"
#include "signinpage.h"
#include "style.h"
#include "tonelabel.h"
#include "type.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Counterfoil {

namespace {

using Kind = FormField::Kind;

constexpr int memberSheetDigits = 56;
constexpr const char *grantedRoles[] = {"buyer", "approver", "finance", "viewer", "admin"};

QString flag(bool on)
{
    return on ? QStringLiteral("1") : QString();
}

} // namespace

MemberSheet::Body MemberSheet::build(const Member &member)
{
    Body body{};
    body.widget = new QWidget;
    body.fields = new QWidget(body.widget);
    body.name = new FormField(Kind::Line, tr("Name"), body.fields);
    body.user = new FormField(Kind::Line, tr("Sign-in name"), body.fields);
    body.user->setVisible(member.user.isEmpty());
    body.role = new FormField(Kind::Choice, tr("Role"), body.fields);
    QList<Choice> roles;
    for (const char *role : grantedRoles)
        roles.append({QString::fromLatin1(role), roleName(QString::fromLatin1(role))});
    const bool known = std::ranges::any_of(roles, [&](const Choice &c) { return c.value == member.role; });
    if (!known && !member.role.isEmpty())
        roles.append({member.role, roleName(member.role)});
    body.role->setChoices(roles);
    body.role->setHint(tr("Choose a role"));
    body.accounts = new FilterChip(tr("Accounts"), body.fields);
    body.prices = new FormField(Kind::Check, tr("Does not see prices"), body.fields);
    body.invoices = new FormField(Kind::Check, tr("Does not see invoices and payments"), body.fields);

    body.limits = new LimitFields(body.fields);

    auto *fields = new QVBoxLayout(body.fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(Space::medium);
    for (QWidget *field : {static_cast<QWidget *>(body.name), static_cast<QWidget *>(body.user),
                           static_cast<QWidget *>(body.role)})
        fields->addWidget(field);
    fields->addWidget(body.accounts);
    fields->addWidget(body.prices);
    fields->addWidget(body.invoices);
    fields->addWidget(body.limits);
    buildPassword(body);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(body.fields);
    layout->addWidget(body.password);
    return body;
}

void MemberSheet::buildPassword(Body &body)
{
    body.password = new QWidget(body.widget);
    body.passwordText = new QLineEdit(body.password);
    body.passwordText->setObjectName(QStringLiteral("firstPassword"));
    body.passwordText->setReadOnly(true);
    body.passwordText->setAccessibleName(tr("First password"));
    Type::set(*body.passwordText, Type::Role::Strong);
    auto *copy = new QPushButton(tr("Copy"), body.password);
    body.copy = copy;
    QLineEdit *text = body.passwordText;
    connect(copy, &QPushButton::clicked, text, [text] {
        QGuiApplication::clipboard()->setText(text->text());
        text->selectAll();
    });
    auto *words = new QLabel(tr("This is the first password. Hand it over yourself: it is shown only now, "
                                "and has to be changed at "
                                "the first sign-in."),
                             body.password);
    words->setWordWrap(true);
    auto *line = new QHBoxLayout;
    line->addWidget(text, 1);
    line->addWidget(copy);
    auto *layout = new QVBoxLayout(body.password);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    layout->addWidget(words);
    layout->addLayout(line);
    body.password->hide();
}

MemberSheet::MemberSheet(QWidget *window, const Member &member, const QList<Choice> &accounts)
    : MemberSheet(window, member, accounts, build(member))
{ }

MemberSheet::MemberSheet(QWidget *window, const Member &member, const QList<Choice> &accounts,
                         const Body &body)
    : FormSheet(window, member.user.isEmpty() ? tr("Invite somebody") : member.displayName, body.widget,
                memberSheetDigits, member.user.isEmpty() ? tr("Invite") : tr("Save"))
    , m_member(member)
    , m_body(body)
{
    m_body.name->setValue(member.displayName);
    m_body.role->setValue(member.role);
    m_body.accounts->setChoices(accounts);
    m_body.accounts->setChosen(member.accounts);
    m_body.prices->setValue(flag(member.pricesWithheld));
    m_body.invoices->setValue(flag(member.invoicesWithheld));
    m_body.limits->setLimits(member.limits, accounts);
    connect(m_body.accounts, &FilterChip::chosenChanged, this, [this] { tell({}, Tone::Neutral); });
}

void MemberSheet::open()
{
    FormSheet::open(m_body.name->editor());
}

Member MemberSheet::filledIn() const
{
    Member member = m_member;
    if (isInvitation())
        member.user = m_body.user->value().trimmed();
    member.displayName = m_body.name->value().simplified();
    member.role = m_body.role->value();
    member.accounts = m_body.accounts->chosen();
    member.pricesWithheld = !m_body.prices->value().isEmpty();
    member.invoicesWithheld = !m_body.invoices->value().isEmpty();
    return member;
}

bool MemberSheet::isTyped() const
{
    const Member now = filledIn();
    const QSet<QString> before(m_member.accounts.begin(), m_member.accounts.end());
    return !m_finished
        && (now.user != m_member.user || now.displayName != m_member.displayName || now.role != m_member.role
            || QSet<QString>(now.accounts.begin(), now.accounts.end()) != before
            || now.pricesWithheld != m_member.pricesWithheld
            || now.invoicesWithheld != m_member.invoicesWithheld || m_body.limits->isTyped());
}

void MemberSheet::save()
{
    Member member = filledIn();
    FormField *wrong = nullptr;
    for (auto [field, empty] :
         {std::pair(m_body.role, member.role.isEmpty()), std::pair(m_body.user, member.user.isEmpty()),
          std::pair(m_body.name, member.displayName.isEmpty())}) {
        if (!empty)
            continue;
        field->tell(tr("This is needed."), Tone::Bad);
        wrong = field;
    }
    if (wrong) {
        wrong->editor()->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (member.accounts.isEmpty()) {
        tell(tr("Choose the accounts that this person is to see."), Tone::Bad);
        m_body.accounts->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!isTyped()) {
        end();
        return;
    }
    const auto limits = m_body.limits->limits();
    if (!limits)
        return;
    member.limits = *limits;
    tell({}, Tone::Neutral);
    setBusy(isInvitation() ? tr("Inviting…") : tr("Saving…"));
    Q_EMIT wanted(member);
}

void MemberSheet::finish()
{
    end();
}

void MemberSheet::showPassword(const QString &first)
{
    m_finished = true;
    m_body.fields->hide();
    m_body.passwordText->setText(first);
    m_body.password->show();
    showOnlyClose(tr("Done"));
    m_body.copy->setFocus(Qt::TabFocusReason);
}

void MemberSheet::refuse(const QString &sentence)
{
    setBusy({});
    tell(sentence, Tone::Bad);
}

} // namespace Counterfoil
