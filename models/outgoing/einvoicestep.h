#pragma once

#include "savestep.h"

#include <QObject>

#include <set>

namespace Counterfoil {

class PageRenderer;
struct AttachedFile;

// Saves the e-invoice of each document of a batch as an XML file, as it came: taken out of the PDF by a
// render worker, or the document itself where the supplier issued it as XML.
class EInvoiceStep final : public QObject, public BatchStep
{
    Q_OBJECT
public:
    enum class Beside {
        Nothing,  // a document without an e-invoice fails
        Document, // which is saved as well, also where it has none
    };

    EInvoiceStep(const QString &renderProgram, const QString &folder, const NamePattern &pattern,
                 Beside beside);
    ~EInvoiceStep() override;

    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void cancel() override;

private:
    void look(const std::vector<AttachedFile> &files);
    void keep(const QByteArray &xml);
    void noteKept(const Result<QString> &place);
    void noteNone();
    void saveDocument();
    void leaveRenderer();
    void finish(const Result<QString> &place);

    const QString m_renderProgram;
    const QString m_folder;
    const NamePattern m_pattern;
    const Beside m_beside;
    SaveStep m_save;
    std::unique_ptr<PageRenderer> m_renderer;
    std::size_t m_index = 0;
    OutgoingDocument m_document;
    QString m_file;
    bool m_named = false; // the file in the PDF is called as the formats prescribe
    Answer m_answer;
    quint64 m_run = 0;            // counts documents: answers to an older one are none
    std::set<std::size_t> m_kept; // whose XML is saved, which may be taken again after a failure
    std::shared_ptr<std::atomic_bool> m_cancelled;
    SideThread m_thread;
};

} // namespace Counterfoil
