#include "pdfmerge.h"

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <QByteArrayView>

#include <cstring>
#include <memory>
#include <set>
#include <string>

namespace Counterfoil {

namespace {

struct NoRoom
{ };

// Writes into memory, and no further than that goes.
class MemoryPipeline final : public Pipeline
{
public:
    explicit MemoryPipeline(unsigned char *memory)
        : Pipeline("result", nullptr)
        , m_memory(memory)
    { }

    void write(const unsigned char *data, std::size_t size) override
    {
        if (size > std::size_t{PackLimit::mergedBytes} - m_written)
            throw NoRoom();
        std::memcpy(m_memory + m_written, data, size);
        m_written += size;
    }
    void finish() override { }
    std::size_t written() const { return m_written; }

private:
    unsigned char *m_memory;
    std::size_t m_written = 0;
};

bool isPdf(const unsigned char *bytes, std::size_t size)
{
    const QByteArrayView head(bytes, qsizetype(std::min<std::size_t>(size, 1024)));
    return head.indexOf("%PDF-") >= 0;
}

// Only what leads to a place in a document, or to an address that the reader asks about, is kept; and nothing
// that would follow it.
bool isPlainLink(QPDFObjectHandle action)
{
    QPDFObjectHandle kind = action.isDictionary() ? action.getKey("/S") : QPDFObjectHandle::newNull();
    return kind.isName() && (kind.getName() == "/GoTo" || kind.getName() == "/URI");
}

void leaveActionsOf(QPDFObjectHandle note)
{
    for (const char *key : {"/AA", "/PA", "/JS"})
        note.removeKey(key);
    QPDFObjectHandle action = note.getKey("/A");
    if (!isPlainLink(action))
        return note.removeKey("/A");
    action.removeKey("/Next");
    action.removeKey("/JS");
}

constexpr int mostParents = 32; // of a field; those in a ring have no end

// Films, sounds, scenes and files, which a reader would play or hand out.
bool holdsMedia(QPDFObjectHandle note)
{
    QPDFObjectHandle kind = note.isDictionary() ? note.getKey("/Subtype") : QPDFObjectHandle::newNull();
    static const std::set<std::string> media{"/RichMedia", "/Screen", "/Movie",
                                             "/Sound",     "/3D",     "/FileAttachment"};
    return kind.isName() && media.contains(kind.getName());
}

void leaveActionsBehind(QPDFObjectHandle page)
{
    page.removeKey("/AA");
    QPDFObjectHandle notes = page.getKey("/Annots");
    for (int i = notes.isArray() ? notes.getArrayNItems() - 1 : -1; i >= 0; --i) {
        QPDFObjectHandle note = notes.getArrayItem(i);
        if (holdsMedia(note)) {
            notes.eraseItem(i);
            continue;
        }
        for (int above = 0; note.isDictionary() && above <= mostParents; ++above) {
            leaveActionsOf(note);
            if (above == mostParents)
                note.removeKey("/Parent");
            note = note.getKey("/Parent");
        }
    }
}

// `firsts`: the page where each part begins.
void addBookmarks(QPDF &whole, const MergeOrder &order, const std::vector<QPDFObjectHandle> &firsts)
{
    QPDFObjectHandle outlines = whole.makeIndirectObject(QPDFObjectHandle::newDictionary());
    std::vector<QPDFObjectHandle> items;
    for (std::size_t i = 0; i < firsts.size(); ++i) {
        QPDFObjectHandle item = whole.makeIndirectObject(QPDFObjectHandle::newDictionary());
        item.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(order.parts[i].title.toStdString()));
        item.replaceKey("/Parent", outlines);
        QPDFObjectHandle place = QPDFObjectHandle::newArray();
        place.appendItem(firsts[i]);
        place.appendItem(QPDFObjectHandle::newName("/Fit"));
        item.replaceKey("/Dest", place);
        if (!items.empty()) {
            item.replaceKey("/Prev", items.back());
            items.back().replaceKey("/Next", item);
        }
        items.push_back(item);
    }
    outlines.replaceKey("/Type", QPDFObjectHandle::newName("/Outlines"));
    outlines.replaceKey("/First", items.front());
    outlines.replaceKey("/Last", items.back());
    outlines.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(items.size())));
    whole.getRoot().replaceKey("/Outlines", outlines);
    whole.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
}

// In the order wanted; none wanted: all. Nothing where one of them is not there.
std::vector<QPDFPageObjectHelper> chosenPages(const std::vector<QPDFPageObjectHelper> &all,
                                              const std::vector<quint32> &wanted)
{
    if (wanted.empty())
        return all;
    std::vector<QPDFPageObjectHelper> chosen;
    for (const quint32 page : wanted) {
        if (page >= all.size())
            return {};
        chosen.push_back(all[page]);
    }
    return chosen;
}

class Merge
{
public:
    Merge(const MergeOrder &order, const unsigned char *bytes)
        : m_order(order)
        , m_bytes(bytes)
    {
        m_whole.setSuppressWarnings(true);
        m_whole.emptyPDF();
    }

    PackFault add(std::size_t index);
    quint32 pages() const { return m_pages; }
    std::size_t write(unsigned char *result);

private:
    const MergeOrder &m_order;
    const unsigned char *m_bytes;
    QPDF m_whole;
    std::vector<std::unique_ptr<QPDF>> m_parts; // read until the end is written
    std::vector<QPDFObjectHandle> m_firsts;
    quint32 m_pages = 0;
};

PackFault Merge::add(std::size_t index)
{
    const MergeOrder::Part &part = m_order.parts[index];
    if (!isPdf(m_bytes + part.offset, part.bytes))
        return PackFault::NotPdf;
    auto pdf = std::make_unique<QPDF>();
    pdf->setSuppressWarnings(true);
    try {
        pdf->processMemoryFile("document", reinterpret_cast<const char *>(m_bytes + part.offset), part.bytes);
        const auto pages = chosenPages(QPDFPageDocumentHelper(*pdf).getAllPages(), part.pages);
        if (pages.empty())
            return PackFault::Damaged;
        if (pages.size() > PackLimit::pages - m_pages)
            return PackFault::TooLarge;
        m_pages += static_cast<quint32>(pages.size());
        QPDFPageDocumentHelper whole(m_whole);
        for (std::size_t i = 0; i < pages.size() && !m_order.countOnly; ++i) {
            QPDFObjectHandle page = pages[i].getObjectHandle();
            leaveActionsBehind(page);
            whole.addPage(QPDFPageObjectHelper(page), false);
            if (i == 0)
                m_firsts.push_back(whole.getAllPages().back().getObjectHandle());
        }
    } catch (const QPDFExc &fault) {
        return fault.getErrorCode() == qpdf_e_password ? PackFault::Locked : PackFault::Damaged;
    } catch (const std::bad_alloc &) {
        return PackFault::TooLarge;
    } catch (const std::exception &) {
        return PackFault::Damaged;
    }
    m_parts.push_back(std::move(pdf));
    return PackFault::None;
}

std::size_t Merge::write(unsigned char *result)
{
    addBookmarks(m_whole, m_order, m_firsts);
    MemoryPipeline memory(result);
    QPDFWriter writer(m_whole);
    writer.setOutputPipeline(&memory);
    writer.setDeterministicID(true);
    writer.setStreamDataMode(qpdf_s_preserve); // what is in them is nobody's business here
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    return memory.written();
}

} // namespace

PackAnswer mergePdfs(const MergeOrder &order, const unsigned char *bytes, unsigned char *result)
{
    PackAnswer answer;
    try {
        Merge merge(order, bytes);
        for (; answer.index < order.parts.size(); ++answer.index) {
            answer.fault = merge.add(answer.index);
            if (answer.fault != PackFault::None)
                return answer;
        }
        answer.index = 0;
        answer.pages = merge.pages();
        if (!order.countOnly)
            answer.bytes = merge.write(result);
    } catch (const NoRoom &) {
        answer.fault = PackFault::TooLarge;
    } catch (const std::bad_alloc &) {
        answer.fault = PackFault::TooLarge;
    } catch (const std::exception &) {
        answer.fault = PackFault::NotWritten;
    }
    return answer;
}

} // namespace Counterfoil
