#include "packsheet.h"

#include "filename.h"
#include "folderfield.h"
#include "formfield.h"
#include "outgoingwords.h"
#include "savinghabits.h"
#include "tonelabel.h"

#include <QDate>
#include <QLabel>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int packSheetDigits = 60;
constexpr char onePdf[] = "pdf";
constexpr char zip[] = "zip";

} // namespace

PackSheet::Body PackSheet::build(const OutgoingSet &set)
{
    Body body{};
    body.widget = new QWidget;
    body.form = new FormField(FormField::Kind::Choice, tr("Pack as"), body.widget);
    body.form->setChoices(
        {{QLatin1String(onePdf), tr("One PDF, with a bookmark for each document"), {}},
         {QLatin1String(zip), tr("A ZIP of the files, with a list for a spreadsheet"), {}}});
    body.form->setValue(QLatin1String(onePdf));
    body.name = new FormField(FormField::Kind::Line, tr("Name"), body.widget);
    body.folder = new FolderField(body.widget);
    QString facts = OutgoingWords::countOf(set.documents.size());
    if (const QString sum = OutgoingWords::sumOf(set.documents); !sum.isEmpty())
        facts = tr("%1, %2 in all", "so many documents, and what they come to").arg(facts, sum);
    auto *about = new QLabel(facts, body.widget);
    about->setWordWrap(true);
    auto *left = new ToneLabel(body.widget);
    left->tell(OutgoingWords::leftOut(set.without), Tone::Warn);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    for (QWidget *part :
         {static_cast<QWidget *>(about), static_cast<QWidget *>(left), static_cast<QWidget *>(body.form),
          static_cast<QWidget *>(body.name), static_cast<QWidget *>(body.folder)})
        layout->addWidget(part);
    return body;
}

PackSheet::PackSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set)
    : PackSheet(window, habits, set, build(set))
{ }

PackSheet::PackSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set, const Body &body)
    : FormSheet(window, tr("Pack %1", "so many documents").arg(OutgoingWords::countOf(set.documents.size())),
                body.widget, packSheetDigits, tr("Pack"))
    , m_body(body)
{
    setEnterSaves(true);
    m_body.folder->setFolder(habits.folder());
    m_body.name->setValue(tr("Documents %1", "the name of a pack, with its day")
                              .arg(QDate::currentDate().toString(Qt::ISODate)));
}

void PackSheet::open()
{
    FormSheet::open(m_body.form->editor());
}

void PackSheet::save()
{
    if (!m_body.folder->check())
        return;
    PackJob job;
    job.form = m_body.form->value() == QLatin1String(zip) ? PackJob::Form::Zip : PackJob::Form::OnePdf;
    job.folder = m_body.folder->folder();
    job.name = FileName::safe(m_body.name->value(), m_body.form->value());
    end();
    Q_EMIT wanted(job);
}

} // namespace Counterfoil
