#include "passwordsheet.h"

#include "formfield.h"
#include "tonelabel.h"

#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int passwordSheetDigits = 44;

} // namespace

PasswordSheet::Body PasswordSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    body.now = new FormField(FormField::Kind::Secret, tr("Password now"), body.widget);
    body.next = new FormField(FormField::Kind::Secret, tr("New password"), body.widget);
    body.again = new FormField(FormField::Kind::Secret, tr("New password once more"), body.widget);
    auto *ends = new ToneLabel(body.widget);
    ends->tell(tr("You stay signed in here; everywhere else you sign in anew."), Tone::Neutral);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    for (FormField *field : {body.now, body.next, body.again})
        layout->addWidget(field);
    layout->addWidget(ends);
    return body;
}

PasswordSheet::PasswordSheet(QWidget *window, PeoplePort &port)
    : PasswordSheet(window, port, build())
{ }

PasswordSheet::PasswordSheet(QWidget *window, PeoplePort &port, const Body &body)
    : FormSheet(window, tr("Change your password"), body.widget, passwordSheetDigits, tr("Change it"))
    , m_port(port)
    , m_body(body)
{
    setEnterSaves(true);
    connect(&m_port, &PeoplePort::passwordChanged, this, [this] {
        if (!isBusy())
            return;
        end();
        Q_EMIT done();
    });
    connect(&m_port, &PeoplePort::failed, this, [this](const Error &error) {
        if (!isBusy())
            return;
        setBusy({});
        tell(error.userText, Tone::Bad);
        m_body.now->editor()->setFocus(Qt::OtherFocusReason);
    });
}

void PasswordSheet::open()
{
    FormSheet::open(m_body.now->editor());
}

void PasswordSheet::save()
{
    const QString now = m_body.now->value();
    const QString next = m_body.next->value();
    FormField *wrong = nullptr;
    QString sentence;
    if (now.isEmpty()) {
        wrong = m_body.now;
        sentence = tr("Type the password that you sign in with.");
    } else if (next.size() < fewestCharacters) {
        wrong = m_body.next;
        sentence = tr("It needs %Ln characters at least.", nullptr, fewestCharacters);
    } else if (next == now) {
        wrong = m_body.next;
        sentence = tr("This is the one that you have.");
    } else if (m_body.again->value() != next) {
        wrong = m_body.again;
        sentence = tr("This is not what stands above.");
    }
    if (wrong) {
        wrong->tell(sentence, Tone::Bad);
        wrong->editor()->setFocus(Qt::OtherFocusReason);
        return;
    }
    tell({}, Tone::Neutral);
    setBusy(tr("Changing it…"));
    m_port.changePassword(now, next);
}

} // namespace Counterfoil
