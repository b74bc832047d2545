#pragma once

#include "outgoingdocument.h"
#include "packprotocol.h"

#include <atomic>
#include <variant>

namespace Counterfoil {

// One pack, of files that are on this computer.
struct PackJob
{
    enum class Form { OnePdf, Zip };
    struct Source
    {
        OutgoingDocument document;
        QString file;
        QString name;                    // in a ZIP, cleaned by FileName
        std::vector<quint32> pages = {}; // in one PDF: which of it, from 0; none: all
    };
    static constexpr int longestMs = 120'000;

    Form form = Form::OnePdf;
    std::vector<Source> sources; // at most PackLimit::documents
    QString folder;              // absolute
    QString name;                // another is found where it is taken
    QString programs;            // the folder of counterfoil-merge and counterfoil-zip
};

// While a pack is made: told from one thread, asked from another.
struct PackWatch
{
    std::atomic_bool cancelled{false};
    std::atomic<qint64> process{0}; // the system's number of the program under way; 0: none
};

struct MadePack
{
    QString path;
    quint32 pages = 0; // of a PDF
};

// `blamed`: which source is at fault; -1: none of them.
struct PackTrouble
{
    Error error;
    int blamed = -1;
};

// Makes it in processes of their own: the documents are merged in one that is locked in, and the pages of
// what it made are counted by another that saw nothing else. There is the whole pack afterwards, or nothing.
// For a thread that may wait. Names in a ZIP that would meet are numbered.
std::variant<MadePack, PackTrouble> makePack(const PackJob &job, PackWatch &watch);

} // namespace Counterfoil
