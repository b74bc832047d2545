#include "editsheet.h"

#include "accountwords.h"
#include "contact.h"
#include "display.h"
#include "likeness.h"
#include "recordform.h"
#include "style.h"
#include "textlink.h"
#include "tonelabel.h"
#include "type.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Counterfoil {

namespace {

using About = EditTask::About;

constexpr int editSheetDigits = 78;

// A box that stands out quietly.
class NoteBox final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), Radius::control, Tokens::of(palette()).warn.fill, Qt::transparent);
    }
};

std::string keyOf(const AnyRecord &record)
{
    return record.type().findFlag(Key)->in<std::string>(record.data());
}

QString alikeSentence(const AnyRecord &other, Lookalike::Why why)
{
    const QString name = Display::name(other);
    switch (why) {
    case Lookalike::Why::SamePlace:
        return EditSheet::tr("This account has that address already, as “%1”:").arg(name);
    case Lookalike::Why::NearbyPlace:
        return EditSheet::tr("But for the postal code, this account has that address already, as “%1”:")
            .arg(name);
    case Lookalike::Why::SameEmail:
        return EditSheet::tr("%1 has the same e-mail address:").arg(name);
    case Lookalike::Why::SameName:
        return EditSheet::tr("There is a contact of nearly that name already, %1:").arg(name);
    case Lookalike::Why::SameNameAndPhone:
        break;
    }
    return EditSheet::tr("%1 may be the same person, with the same telephone number:").arg(name);
}

} // namespace

QString EditTask::draftId() const
{
    return QStringLiteral("%1/%2/%3/%4")
        .arg(QString::number(static_cast<int>(about)), Display::text(command.account),
             Display::text(command.target), entry);
}

QString EditSheet::titleOf(const EditTask &task)
{
    const bool isNew = task.command.target.empty();
    switch (task.about) {
    case About::Address:
        return isNew ? tr("New address") : tr("Change the address");
    case About::Contact:
        return isNew ? tr("New contact") : tr("Change the contact");
    case About::Profile:
        break;
    }
    return tr("Your profile");
}

EditSheet::Body EditSheet::build(const EditTask &task)
{
    Body body{};
    body.widget = new QWidget;
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::large);

    auto *draft = new QHBoxLayout;
    body.draftNote = new QLabel(tr("What you typed earlier is here again."), body.widget);
    Type::setMuted(*body.draftNote);
    body.startAfresh = new TextLink(tr("Start afresh"), body.widget);
    draft->addWidget(body.draftNote);
    draft->addWidget(body.startAfresh);
    draft->addStretch();
    layout->addLayout(draft);

    const auto places = task.about == About::Address ? RecordForm::addressPlaces()
        : task.about == About::Contact               ? RecordForm::contactPlaces()
                                                     : RecordForm::profilePlaces();
    body.form = new RecordForm(*task.command.kind, places, body.widget);
    body.form->hideWhatIsNotKept(task.notOffered);
    layout->addWidget(body.form);
    if (task.offersUsual)
        buildUsual(task, body);
    if (task.about == About::Address && !task.command.target.empty()) {
        auto *papers = new ToneLabel(body.widget);
        papers->tell(tr("Documents that are issued already keep the address they were issued with."),
                     Tone::Neutral);
        layout->addWidget(papers);
    }
    buildAlike(body);
    return body;
}

void EditSheet::buildUsual(const EditTask &task, Body &body)
{
    body.usualShipTo = new QCheckBox(tr("Usual address for deliveries"), body.form);
    body.usualBillTo = new QCheckBox(tr("Usual address for invoices"), body.form);
    constexpr int row = 6; // below what it is for
    body.form->add(body.usualShipTo, row, 0, 3);
    body.form->add(body.usualBillTo, row, 3, 3);
    for (auto [box, already, field] : {std::tuple(body.usualShipTo, task.usualShipTo, "shipTo"),
                                       std::tuple(body.usualBillTo, task.usualBillTo, "billTo")}) {
        box->setChecked(already);
        // One that goods are not sent to cannot be the usual one; what is the usual one stays it until
        // another is.
        const FormField *purpose = body.form->field(field);
        const auto follow = [box = box, already = already, purpose] {
            const bool possible = !purpose->value().isEmpty() && !already;
            box->setEnabled(possible);
            if (!possible && !already)
                box->setChecked(false);
        };
        connect(purpose, &FormField::edited, box, follow);
        connect(body.form, &RecordForm::edited, box, follow);
        box->setToolTip(already ? tr("It is the usual one until another is.") : QString());
    }
}

void EditSheet::buildAlike(Body &body)
{
    body.alike = new NoteBox;
    body.alikeText = new QLabel(body.alike);
    body.alikeText->setWordWrap(true);
    body.alikeText->setTextFormat(Qt::PlainText);
    body.alikeOpen = new QPushButton(tr("Open the other"), body.alike);
    auto *layout = new QHBoxLayout(body.alike);
    layout->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    layout->addWidget(body.alikeText, 1);
    layout->addWidget(body.alikeOpen, 0, Qt::AlignTop);
    body.alike->hide();
}

EditSheet::EditSheet(QWidget *window, const EditTask &task, const AnyRecord &draft)
    : EditSheet(window, task, draft, build(task))
{ }

EditSheet::EditSheet(QWidget *window, EditTask task, const AnyRecord &draft, const Body &body)
    : FormSheet(window, titleOf(task), body.widget, editSheetDigits,
                task.entry.isEmpty() ? tr("Save") : tr("Send again"), body.alike)
    , m_task(std::move(task))
    , m_body(body)
    , m_form(body.form)
{
    const bool drafted = !draft.isNull();
    m_form->setRecord(drafted ? draft : m_task.start);
    Q_EMIT m_form->edited(); // the boxes below follow what is in it
    m_body.draftNote->setVisible(drafted);
    m_body.startAfresh->setVisible(drafted);
    if (!m_task.entryReason.isEmpty())
        tell(m_task.entryReason, Tone::Bad);
    connect(m_form, &RecordForm::edited, this, &EditSheet::noteEdit);
    connect(m_body.startAfresh, &QAbstractButton::clicked, this, [this] {
        m_form->setRecord(m_task.start);
        m_body.draftNote->hide();
        m_body.startAfresh->hide();
        m_form->focusFirst();
        noteEdit();
    });
    connect(m_body.alikeOpen, &QPushButton::clicked, this, [this] {
        const QString other = m_alikeKey;
        end(true);
        Q_EMIT otherWanted(other);
    });
}

void EditSheet::open()
{
    FormSheet::open(this);
    m_form->focusFirst();
}

AnyRecord EditSheet::typed() const
{
    return m_form->record();
}

UsualChoice EditSheet::usual() const
{
    if (!m_body.usualShipTo)
        return {};
    return {m_body.usualShipTo->isChecked() && !m_task.usualShipTo,
            m_body.usualBillTo->isChecked() && !m_task.usualBillTo};
}

bool EditSheet::isTyped() const
{
    AnyRecord before(*m_task.command.kind);
    copyEditable(*m_task.command.kind, m_task.start.data(), before.data());
    tidy(before);
    return !equalEditable(*m_task.command.kind, before.data(), typed().data()) || usual().shipTo
        || usual().billTo;
}

void EditSheet::noteEdit()
{
    m_insists = false;
    setSaveText(m_task.entry.isEmpty() ? tr("Save") : tr("Send again"));
    m_body.alike->hide();
    tell(m_task.entryReason, Tone::Bad);
}

bool EditSheet::warnOfLookalike(const AnyRecord &record)
{
    const std::optional<Lookalike> found = findLookalike(record, m_task.others);
    if (!found)
        return false;
    const AnyRecord &other = m_task.others[found->index];
    m_alikeKey = Display::text(keyOf(other));
    m_body.alikeText->setText(alikeSentence(other, found->why) + QLatin1Char('\n')
                              + AccountWords::oneLine(other));
    m_body.alikeOpen->setVisible(!m_alikeKey.isEmpty());
    m_body.alike->show();
    return true;
}

void EditSheet::save()
{
    const RecordForm::Verdict verdict = m_form->check();
    if (verdict == RecordForm::Verdict::Forbidden) {
        tell(tr("It cannot be sent like that yet. What is wrong stands below the fields."), Tone::Bad);
        return;
    }
    const AnyRecord record = typed();
    if (!m_insists) {
        const bool alike = warnOfLookalike(record);
        if (alike || verdict == RecordForm::Verdict::Doubtful) {
            m_insists = true;
            setSaveText(tr("Save anyway"));
            if (verdict == RecordForm::Verdict::Doubtful)
                tell(tr("Look at what is marked, or save it as it is: the supplier decides in the end."),
                     Tone::Info);
            return;
        }
    }
    if (!isTyped() && m_task.entry.isEmpty()) {
        end();
        Q_EMIT nothingChanged();
        return;
    }
    tell({}, Tone::Neutral);
    setBusy(tr("Saving…"));
    Command command = m_task.command;
    command.record = record;
    Q_EMIT wanted(command, usual());
}

void EditSheet::stored()
{
    end();
}

void EditSheet::refuse(const QString &error)
{
    setBusy({});
    tell(error, Tone::Bad);
}

} // namespace Counterfoil
