#pragma once

#include "signinport.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Counterfoil {

// Somebody whom the sandbox knows, to sign in as with one click. Their password is no secret.
struct DemoPerson
{
    QString user;
    QString displayName;
    QString role; // as Person::role
    QString password;
    QString description; // what there is to see as this person, one short sentence
};

QString roleName(const QString &role); // for people

// Where to sign in. Says in words what went wrong and what to do about it.
class SignInPage final : public QWidget
{
    Q_OBJECT
public:
    SignInPage(SignInPort &port, const QList<DemoPerson> &people, QWidget *parent = nullptr);

    void setGateway(const QUrl &gateway);
    void setUser(const QString &user);
    QUrl gateway() const;             // as typed, with https:// where no scheme was; invalid: cannot be one
    void tell(const QString &reason); // why the person is here again
    void focusFirst();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildForm();
    QWidget *buildPeople(const QList<DemoPerson> &people);
    void submit();
    void signInAs(const DemoPerson &person);
    void begin(const QString &user, const QString &password);
    void end();
    void setBusy(bool busy);

    SignInPort &m_port;
    QWidget *m_card;
    QLineEdit *m_gateway = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_submit = nullptr;
    QWidget *m_people = nullptr;
    bool m_busy = false;
};

} // namespace Counterfoil
