#pragma once

#include "accountsample.h"
#include "actions.h"
#include "editsheet.h"
#include "formfield.h"
#include "recordform.h"
#include "textlink.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace Counterfoil {

inline bool says(const QWidget &in, const QString &text)
{
    for (const QLabel *label : in.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&in) && label->text().contains(text))
            return true;
    }
    return false;
}

// The pane as somebody drives it who has a keyboard.
class Driven : public AccountFixture
{
public:
    using AccountFixture::AccountFixture;

    void show(const std::vector<std::string> &accounts = {"a1"})
    {
        open(accounts);
        said = std::make_unique<QSignalSpy>(pane, &AccountPane::told);
        actions = std::make_unique<Actions>(*pane);
        pane->addActions(*actions);
        QVERIFY(QTest::qWaitForWindowActive(pane));
        QTRY_VERIFY(!pane->addresses().rows().isEmpty());
    }

    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, with);
    }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    // Goes there as somebody with a keyboard does, and puts the text in place of what is there.
    void fill(const char *field, const QString &text)
    {
        QWidget *editor = form().field(field)->editor();
        for (int i = 0; i < 40 && QApplication::focusWidget() != editor; ++i)
            press(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), editor);
        press(Qt::Key_A, Qt::ControlModifier);
        text.isEmpty() ? press(Qt::Key_Delete) : type(text);
    }
    void save() { press(Qt::Key_Return, Qt::ControlModifier); }

    EditSheet *sheet() const { return pane->editing().sheet(); }
    RecordForm &form() const { return sheet()->form(); }
    QString note(const char *field) const { return form().field(field)->told(); }
    const std::vector<OutboxEntry> &entries() const { return *commands.entries(); }
    const Command &last() const { return entries().back().command; }
    AccountRowWords words(const char *key) const
    {
        for (const AccountSection *section : {&pane->addresses(), &pane->contacts()}) {
            if (const AccountRow *row = section->row(QString::fromLatin1(key)))
                return row->words();
        }
        return {};
    }
    QString toast() const { return said->isEmpty() ? QString() : said->last().first().toString(); }
    template <class T> bool asks(const QString &text) const
    {
        for (const T *button : pane->findChildren<T *>()) {
            if (button->isVisibleTo(pane) && button->text() == text)
                return true;
        }
        return false;
    }
    void click(const QString &text)
    {
        for (QAbstractButton *button : pane->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == text) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("there is no button “%1”").arg(text)));
    }

    std::unique_ptr<QSignalSpy> said;
    std::unique_ptr<Actions> actions; // of the window, gone before it
};

} // namespace Counterfoil
