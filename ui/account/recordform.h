#pragma once

#include "formfield.h"
#include "notoffered.h"
#include "recordcheck.h"

#include <QSet>
#include <QWidget>

#include <span>

namespace Counterfoil {

// The Editable fields of an Address or a Contact, to be filled in. What is wrong is said below a field when
// the person leaves it, and everywhere when check() is called.
class RecordForm final : public QWidget
{
    Q_OBJECT
public:
    // Where a field stands: several in a row share its six columns.
    struct Place
    {
        const char *field;
        FormField::Kind kind;
        int row;
        int column;
        int columns;
    };
    static std::span<const Place> addressPlaces();
    static std::span<const Place> contactPlaces();
    static std::span<const Place> profilePlaces(); // of the contact that one is oneself

    RecordForm(const RecordType &kind, std::span<const Place> places, QWidget *parent = nullptr);

    void add(QWidget *widget, int row, int column, int columns); // beside the fields
    void hideWhatIsNotKept(std::span<const NotOffered> limits);
    void setRecord(const AnyRecord &record); // what the form has no field for is kept
    AnyRecord record() const;                // as filled in, tidied
    void focusFirst();
    FormField *field(std::string_view name) const; // nullptr: there is none

    enum class Verdict {
        Fine,
        Doubtful, // as far as one can tell; the person may insist
        Forbidden,
    };
    Verdict check(); // says what is wrong, and goes to the first field where something is

Q_SIGNALS:
    void edited();

private:
    struct Entry
    {
        const Field *field;
        FormField *widget;
    };
    void build(std::span<const Place> places);
    void checkOne(const Entry &entry);
    bool show(const FieldIssue &issue, const AnyRecord &record);
    void put(const Entry &entry, AnyRecord &record) const;

    const RecordType &m_kind;
    AnyRecord m_record;
    QList<Entry> m_entries;
    QSet<QString> m_refused; // suggestions that the person does not want
};

} // namespace Counterfoil
