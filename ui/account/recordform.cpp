#include "recordform.h"

#include "address.h"
#include "addressrules.h"
#include "contact.h"
#include "countrynames.h"
#include "display.h"
#include "issuewords.h"

#include <QCoreApplication>
#include <QGridLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

using FieldKind = FormField::Kind;

constexpr int gridColumns = 6;

std::string narrow(const QString &text)
{
    return text.toStdString();
}

} // namespace

std::span<const RecordForm::Place> RecordForm::addressPlaces()
{
    static constexpr Place places[] = {
        {"name", FieldKind::Line, 0, 0, 6},       {"attention", FieldKind::Line, 1, 0, 3},
        {"phone", FieldKind::Line, 1, 3, 3},      {"street", FieldKind::Lines, 2, 0, 6},
        {"postalCode", FieldKind::Line, 3, 0, 2}, {"city", FieldKind::Line, 3, 2, 4},
        {"region", FieldKind::Line, 4, 0, 3},     {"country", FieldKind::Choice, 4, 3, 3},
        {"shipTo", FieldKind::Check, 5, 0, 3},    {"billTo", FieldKind::Check, 5, 3, 3},
    };
    return places;
}

std::span<const RecordForm::Place> RecordForm::contactPlaces()
{
    static constexpr Place places[] = {
        {"name", FieldKind::Line, 0, 0, 6},       {"role", FieldKind::Line, 1, 0, 3},
        {"department", FieldKind::Line, 1, 3, 3}, {"email", FieldKind::Line, 2, 0, 6},
        {"phone", FieldKind::Line, 3, 0, 3},      {"mobile", FieldKind::Line, 3, 3, 3},
    };
    return places;
}

std::span<const RecordForm::Place> RecordForm::profilePlaces()
{
    static constexpr Place places[] = {
        {"name", FieldKind::Line, 0, 0, 6},
        {"email", FieldKind::Line, 1, 0, 6},
        {"phone", FieldKind::Line, 2, 0, 3},
        {"mobile", FieldKind::Line, 2, 3, 3},
    };
    return places;
}

RecordForm::RecordForm(const RecordType &kind, std::span<const Place> places, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_record(kind)
{
    build(places);
}

void RecordForm::build(std::span<const Place> places)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::medium);
    grid->setVerticalSpacing(Space::medium);
    for (int column = 0; column < gridColumns; ++column)
        grid->setColumnStretch(column, 1);
    for (const Place &place : places) {
        const Field *field = m_kind.find(place.field);
        const Entry entry{
            field, new FormField(place.kind, QCoreApplication::translate("Field", field->title), this)};
        entry.widget->setObjectName(QString::fromLatin1(place.field));
        grid->addWidget(entry.widget, place.row, place.column, 1, place.columns);
        if (place.kind == FieldKind::Choice) { // the country is the only one
            entry.widget->setChoices(allCountries());
            entry.widget->setHint(tr("Choose a country"));
        }
        connect(entry.widget, &FormField::edited, this, &RecordForm::edited);
        connect(entry.widget, &FormField::left, this, [this, entry] { checkOne(entry); });
        connect(entry.widget, &FormField::refused, this,
                [this, entry] { m_refused.insert(entry.widget->objectName() + entry.widget->value()); });
        m_entries.append(entry);
    }
}

void RecordForm::add(QWidget *widget, int row, int column, int columns)
{
    static_cast<QGridLayout *>(layout())->addWidget(widget, row, column, 1, columns);
}

void RecordForm::hideWhatIsNotKept(std::span<const NotOffered> limits)
{
    for (const Entry &entry : std::as_const(m_entries)) {
        if (findNotOffered(limits, "save", m_kind, entry.field->name))
            entry.widget->hide();
    }
}

void RecordForm::setRecord(const AnyRecord &record)
{
    m_record = record;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.field->type == FieldType::Flag)
            entry.widget->setValue(entry.field->in<bool>(record.data()) ? QStringLiteral("1") : QString());
        else
            entry.widget->setValue(Display::text(entry.field->in<std::string>(record.data())));
    }
}

void RecordForm::put(const Entry &entry, AnyRecord &record) const
{
    if (entry.field->type == FieldType::Flag)
        entry.field->in<bool>(record.data()) = !entry.widget->value().isEmpty();
    else
        entry.field->in<std::string>(record.data()) = narrow(entry.widget->value());
}

AnyRecord RecordForm::record() const
{
    AnyRecord result(m_kind);
    for (const Field &field : m_kind.fields) {
        if (field.type != FieldType::List)
            copyField(field, m_record.data(), result.data());
    }
    for (const Entry &entry : m_entries)
        put(entry, result);
    tidy(result);
    return result;
}

FormField *RecordForm::field(std::string_view name) const
{
    const auto found
        = std::ranges::find_if(m_entries, [name](const Entry &entry) { return entry.field->name == name; });
    return found == m_entries.end() ? nullptr : found->widget;
}

void RecordForm::focusFirst()
{
    m_entries.first().widget->editor()->setFocus(Qt::OtherFocusReason);
}

// Of a field that the person leaves, and of those that its value decides about. What is merely missing is
// not held against somebody who has not come to it yet.
void RecordForm::checkOne(const Entry &entry)
{
    const AnyRecord now = record();
    const bool country = entry.field->name == "country";
    for (const FieldIssue &issue : issuesOf(now)) {
        const bool depends = country && (issue.field->name == "postalCode" || issue.field->name == "region");
        if ((issue.field == entry.field || depends) && issue.kind != FieldIssue::Kind::Missing)
            show(issue, now);
    }
}

// True unless the person has decided about it already.
bool RecordForm::show(const FieldIssue &issue, const AnyRecord &record)
{
    FormField *widget = field(issue.field->name);
    if (!widget)
        return issue.forbids;
    const QString suggestion = Display::text(issue.suggestion);
    if (suggestion.isEmpty()) {
        widget->tell(issueSentence(issue, record), issue.forbids ? Tone::Bad : Tone::Warn);
        return true;
    }
    const QString typed = widget->value().trimmed();
    if (!issue.forbids && m_refused.contains(widget->objectName() + widget->value()))
        return false;
    widget->suggest(issue.forbids ? issueSentence(issue, record) : QString(), suggestion,
                    tr("Use %1 instead of %2").arg(suggestion, typed),
                    issue.forbids ? QString() : tr("Keep %1").arg(typed));
    return true;
}

RecordForm::Verdict RecordForm::check()
{
    const AnyRecord now = record();
    FormField *first = nullptr;
    Verdict verdict = Verdict::Fine;
    for (const Entry &entry : std::as_const(m_entries))
        entry.widget->clearNote();
    for (const FieldIssue &issue : issuesOf(now)) {
        if (!show(issue, now))
            continue;
        const Verdict one = issue.forbids ? Verdict::Forbidden : Verdict::Doubtful;
        if (!first || (one == Verdict::Forbidden && verdict == Verdict::Doubtful))
            first = field(issue.field->name);
        verdict = std::max(verdict, one);
    }
    if (first)
        first->editor()->setFocus(Qt::OtherFocusReason);
    return verdict;
}

} // namespace Counterfoil
