#include "signinpage.h"

#include "icons.h"
#include "personbutton.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

namespace Counterfoil {

namespace {

constexpr int formWidth = 320;
constexpr int peopleWidth = 400;

// A caption above its field; the caption's mnemonic belongs to the field.
void addField(QVBoxLayout &layout, const QString &caption, QLineEdit &field)
{
    auto *label = new QLabel(caption, field.parentWidget());
    Type::set(*label, Type::Role::CaptionStrong);
    Type::setMuted(*label);
    label->setBuddy(&field);
    field.setAccessibleName(caption);
    layout.addWidget(label);
    layout.addSpacing(3);
    layout.addWidget(&field);
    layout.addSpacing(Space::medium);
}

} // namespace

QString roleName(const QString &role)
{
    static const QHash<QString, const char *> names{
        {QStringLiteral("buyer"), QT_TRANSLATE_NOOP("Role", "Buyer")},
        {QStringLiteral("finance"), QT_TRANSLATE_NOOP("Role", "Accounts payable")},
        {QStringLiteral("viewer"), QT_TRANSLATE_NOOP("Role", "Viewer")},
        {QStringLiteral("csr"), QT_TRANSLATE_NOOP("Role", "Customer service")},
        {QStringLiteral("admin"), QT_TRANSLATE_NOOP("Role", "Administrator")},
        {QStringLiteral("approver"), QT_TRANSLATE_NOOP("Role", "Approver")},
    };
    const char *name = names.value(role, nullptr);
    return name ? QCoreApplication::translate("Role", name) : role;
}

SignInPage::SignInPage(SignInPort &port, const QList<DemoPerson> &people, QWidget *parent)
    : QWidget(parent)
    , m_port(port)
    , m_card(new QWidget(this))
{
    auto *columns = new QHBoxLayout(m_card);
    columns->setContentsMargins(36, 32, 36, 36);
    columns->setSpacing(48);
    columns->addWidget(buildForm(), 0, Qt::AlignTop);
    if (!people.isEmpty()) {
        m_people = buildPeople(people);
        columns->addWidget(m_people, 0, Qt::AlignTop);
    }
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(Space::huge, Space::huge, Space::huge, Space::huge);
    outer->addWidget(m_card, 0, Qt::AlignCenter);

    connect(&m_port, &SignInPort::signInFailed, this, [this](const Error &error) {
        end();
        tell(error.userText);
        m_password->setFocus(Qt::OtherFocusReason);
        m_password->selectAll();
    });
    connect(&m_port, &SignInPort::signedIn, this, [this] {
        end();
        m_password->clear();
        tell({});
    });
}

QWidget *SignInPage::buildForm()
{
    auto *form = new QWidget(m_card);
    form->setFixedWidth(formWidth);
    auto *heading = new QLabel(tr("Sign in"), form);
    Type::set(*heading, Type::Role::Heading);
    auto *intro = new QLabel(tr("Orders from your supplier's ERP, live, and kept on this computer."), form);
    intro->setWordWrap(true);
    Type::setMuted(*intro);
    m_gateway = new QLineEdit(form);
    m_gateway->setPlaceholderText(QStringLiteral("https://gateway.example.com"));
    m_user = new QLineEdit(form);
    m_password = new QLineEdit(form);
    m_password->setEchoMode(QLineEdit::Password);
    m_message = new QLabel(form);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    m_submit = new QPushButton(tr("Sign in"), form);
    setLook(*m_submit, ButtonLook::Primary);

    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    layout->addSpacing(Space::unit);
    layout->addWidget(intro);
    layout->addSpacing(Space::huge);
    addField(*layout, tr("Gateway"), *m_gateway);
    addField(*layout, tr("User"), *m_user);
    addField(*layout, tr("Password"), *m_password);
    layout->addWidget(m_message);
    layout->addSpacing(Space::small);
    layout->addWidget(m_submit);
    connect(m_submit, &QPushButton::clicked, this, &SignInPage::submit);
    for (QLineEdit *field : {m_gateway, m_user, m_password})
        connect(field, &QLineEdit::returnPressed, this, &SignInPage::submit);
    return form;
}

QWidget *SignInPage::buildPeople(const QList<DemoPerson> &people)
{
    auto *side = new QWidget(m_card);
    side->setFixedWidth(peopleWidth);
    auto *heading = new QLabel(tr("Or look around as"), side);
    Type::set(*heading, Type::Role::Strong);
    auto *intro
        = new QLabel(tr("People of the sandbox that runs on this computer. One click signs in."), side);
    intro->setWordWrap(true);
    Type::setMuted(*intro);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(Space::small);
    layout->addWidget(heading);
    layout->addWidget(intro);
    layout->addSpacing(Space::unit);
    for (const DemoPerson &person : people) {
        auto *button = new PersonButton(person, side);
        connect(button, &QAbstractButton::clicked, this, [this, person] { signInAs(person); });
        layout->addWidget(button);
    }
    return side;
}

void SignInPage::setGateway(const QUrl &gateway)
{
    m_gateway->setText(gateway.toString());
}

void SignInPage::setUser(const QString &user)
{
    m_user->setText(user);
}

QUrl SignInPage::gateway() const
{
    QString text = m_gateway->text().trimmed();
    if (text.isEmpty())
        return {};
    if (!text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("https://"));
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return web && !url.host().isEmpty() ? url : QUrl();
}

void SignInPage::focusFirst()
{
    for (QLineEdit *field : {m_gateway, m_user, m_password}) {
        if (field->text().isEmpty()) {
            field->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    m_password->setFocus(Qt::OtherFocusReason);
}

void SignInPage::tell(const QString &reason)
{
    m_message->setText(reason);
    m_message->setVisible(!reason.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Tokens::of(colours).bad.text);
    m_message->setPalette(colours);
}

void SignInPage::submit()
{
    if (m_busy)
        return;
    if (!gateway().isValid()) {
        tell(tr("This is no gateway address. It looks like https://gateway.example.com."));
        m_gateway->setFocus(Qt::OtherFocusReason);
    } else if (m_user->text().trimmed().isEmpty()) {
        tell(tr("Type the user name that your supplier gave you."));
        m_user->setFocus(Qt::OtherFocusReason);
    } else if (m_password->text().isEmpty()) {
        tell(tr("Type your password."));
        m_password->setFocus(Qt::OtherFocusReason);
    } else {
        begin(m_user->text().trimmed(), m_password->text());
    }
}

void SignInPage::signInAs(const DemoPerson &person)
{
    if (m_busy)
        return;
    m_user->setText(person.user);
    if (!gateway().isValid()) {
        tell(tr("This is no gateway address. It looks like https://gateway.example.com."));
        return;
    }
    begin(person.user, person.password);
}

void SignInPage::begin(const QString &user, const QString &password)
{
    tell({});
    setBusy(true);
    m_port.signIn(gateway(), user, password);
}

void SignInPage::end()
{
    setBusy(false);
}

void SignInPage::setBusy(bool busy)
{
    m_busy = busy;
    m_submit->setText(busy ? tr("Signing in…") : tr("Sign in"));
    m_submit->setEnabled(!busy);
    if (m_people)
        m_people->setEnabled(!busy);
}

void SignInPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_message)
        tell(m_message->text());
}

void SignInPage::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.ground);
    paintShadow(painter, m_card->geometry(), 12, t.shadow, 16);
    paintBox(painter, m_card->geometry(), 12, t.panel, t.line);
}

} // namespace Counterfoil
