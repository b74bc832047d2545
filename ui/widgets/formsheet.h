#pragma once

#include "sheet.h"
#include "tokens.h"

class QPushButton;

namespace Counterfoil {

class Banner;

// A sheet on which something is filled in: what is wrong stands above its buttons, Ctrl+Enter saves, and Esc
// asks before anything typed is thrown away. It goes for good when it is closed.
class FormSheet : public Sheet
{
    Q_OBJECT
public:
    // Takes `body`, which is scrolled where the window is too small for it.
    // As wide as so many digits where there is room. `note` stays in sight above the buttons; nullptr: none.
    FormSheet(QWidget *window, const QString &title, QWidget *body, int digits, const QString &saveText,
              QWidget *note = nullptr);

    void open(QWidget *first);            // with the focus there
    void goWith(const QObject *somebody); // it lies over the window, which may outlive who opened it
    void dismiss() override;
    bool isAsking() const; // whether to throw away what was typed

Q_SIGNALS:
    void closed(bool keepTyped);

protected:
    virtual bool isTyped() const = 0; // something that would be lost
    virtual void save() = 0;          // what is wrong is told; otherwise end() follows, now or later

    void tell(const QString &sentence, Tone tone);
    void setSaveText(const QString &text);
    void setCancelText(const QString &text);
    void setBusy(const QString &text); // nothing can be changed meanwhile; empty: it can again
    bool isBusy() const { return m_busy; }
    void end(bool keepTyped = false);
    void setKeeps(bool keeps); // what was typed can be gone on with later; usually so
    void setEnterSaves(bool saves) { m_enterSaves = saves; } // without Ctrl, too
    void showOnlyClose(const QString &text);                 // it is done; there is but one button

    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Parts
    {
        QWidget *content;
        QWidget *body;
        Banner *banner;
        QWidget *foot;
        QPushButton *cancel;
        QPushButton *save;
        QWidget *question;
        QPushButton *discard;
        QPushButton *keep;
        QPushButton *goOn;
    };
    FormSheet(QWidget *window, const QString &title, const Parts &parts);
    static Parts build(QWidget *body, int digits, const QString &saveText, QWidget *note);
    void ask(bool asking);
    void press();

    const Parts m_parts;
    QString m_saveText;
    QPointer<QWidget> m_asked; // had the focus when the question came, or the waiting began
    bool m_busy = false;
    bool m_enterSaves = false;
};

} // namespace Counterfoil
