#pragma once

#include "command.h"
#include "formsheet.h"
#include "notoffered.h"

#include <optional>
#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;

namespace Counterfoil {

class RecordForm;
class TextLink;
struct Lookalike;

// What is to be filled in, and on top of what.
struct EditTask
{
    enum class About { Address, Contact, Profile };

    About about = About::Address;
    Command command;                    // whole, but for `record`, which the form makes, and for key and time
    AnyRecord start;                    // what the form begins with
    QString entry;                      // of the outbox, that this is to replace; empty: none
    QString entryReason = {};           // why it was refused; empty: it was not
    std::vector<AnyRecord> others = {}; // of the same account, which it should not double
    // Of an address: whether it is the usual one, and whether it may be made so.
    bool offersUsual = false;
    bool usualShipTo = false;
    bool usualBillTo = false;
    std::vector<NotOffered> notOffered = {}; // fields among them are not shown

    QString draftId() const; // the same for what the same draft belongs to
};

// What the form says beside the record.
struct UsualChoice
{
    bool shipTo = false; // make it the usual one
    bool billTo = false;
};

// Adds or changes an address or a contact: checks what is typed, warns of what is nearly there already, and
// says what is to be asked for.
class EditSheet final : public FormSheet
{
    Q_OBJECT
public:
    // `draft` is what was typed earlier and kept; null: nothing.
    EditSheet(QWidget *window, const EditTask &task, const AnyRecord &draft);

    void open();
    const EditTask &task() const { return m_task; }
    AnyRecord typed() const;
    RecordForm &form() const { return *m_form; }

    void stored();                     // the outbox has it
    void refuse(const QString &error); // the outbox could not store it

Q_SIGNALS:
    void wanted(const Counterfoil::Command &command, const Counterfoil::UsualChoice &usual);
    void nothingChanged();
    void otherWanted(const QString &key); // the one that is nearly the same

protected:
    bool isTyped() const override;
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        RecordForm *form;
        QLabel *draftNote;
        TextLink *startAfresh;
        QCheckBox *usualShipTo;
        QCheckBox *usualBillTo;
        QWidget *alike;
        QLabel *alikeText;
        QPushButton *alikeOpen;
    };
    EditSheet(QWidget *window, EditTask task, const AnyRecord &draft, const Body &body);
    static Body build(const EditTask &task);
    static void buildUsual(const EditTask &task, Body &body);
    static void buildAlike(Body &body);
    static QString titleOf(const EditTask &task);
    bool warnOfLookalike(const AnyRecord &record);
    void noteEdit();
    UsualChoice usual() const;

    const EditTask m_task;
    const Body m_body;
    RecordForm *m_form;
    bool m_insists = false; // the doubts were shown; saving again means it
    QString m_alikeKey;
};

} // namespace Counterfoil
