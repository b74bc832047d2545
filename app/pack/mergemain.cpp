// counterfoil-merge: makes one PDF of several for the window, which starts it. It reads and writes nothing
// but two pieces of shared memory, and locks itself in before it looks at the first document.

#include "confinedprogram.h"
#include "confinement.h"
#include "pdfmerge.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    using namespace Counterfoil;
    limitOurselves();
    const QCoreApplication application(argc, argv);
    ConfinedProgram window;
    if (const int failure = window.begin(PackLimit::mergedBytes, PackLimit::mergedBytes))
        return failure;
    PackAnswer answer;
    answer.fault = PackFault::BadOrder;
    if (const auto order = decodeMergeOrder(window.orders.read(PackLimit::orderBytes))) {
        closeDoors(); // those that this computer cannot lock are the renderer's as well, which tells of them
        grantProcessorTime();
        answer = mergePdfs(*order, window.given->data(), window.made->data());
    }
    const QByteArray said = encodeAnswer(answer);
    return window.answers.write(said) == said.size() && window.answers.flush() ? 0 : 4;
}
