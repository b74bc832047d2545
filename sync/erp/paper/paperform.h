#pragma once

#include "paperdata.h"
#include "papernumbers.h"

#include <QString>

#include <utility>
#include <vector>

namespace Counterfoil {

// What a paper says and where it says it, in the words and figures that are printed; how it looks is for
// those who draw it. Each kind of paper is one function that fills this in.
struct PaperForm
{
    using Facts = std::vector<std::pair<QString, QString>>;

    struct Party
    {
        QString label;
        QString name;
        QString address; // lines separated by \n
    };
    struct Column
    {
        enum class Kind { Figure, Item, Words, Unit }; // Words has the room that the others leave
        QString title;
        Kind kind = Kind::Figure;
        bool muted = false;
        QString least = {}; // it is at least as wide as this
    };
    struct Row
    {
        std::vector<QString> cells; // one for each column
        Amount carried;             // what it adds to the sum at the foot of a page
    };

    // At the foot of the last page, to be detached.
    enum class Slip { None, Remittance, ParcelLabel };

    QString title;              // "Packing slip"
    QString number;             // as printed
    std::vector<Party> parties; // at most two
    Facts facts;
    std::vector<Column> columns; // one of them Words
    std::vector<Row> rows;
    bool carries = false; // sums are carried from page to page
    Facts sums;
    std::pair<QString, QString> total; // or nothing
    std::vector<QString> sentences;
    Slip slip = Slip::None;
};

// Whose amounts and sizes are known to be within bounds.
PaperForm formOf(const PaperData &data, const PaperNumbers &numbers);

// "Invoice", "Packing slip", and the number that it bears; the code of its currency, which may be empty.
QString titleOf(const PaperData &data);
const std::string &numberOf(const PaperData &data);
const std::string &currencyOf(const PaperData &data);
bool isBilling(const PaperData &data); // an invoice or a credit memo

// One for each kind of paper: invoiceform.cpp, otherforms.cpp and returnform.cpp.
void fillInvoice(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillAcknowledgement(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillPackingSlip(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillBillOfLading(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillProofOfDelivery(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillReceipt(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillStatement(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillReturnLabel(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
void fillItemPaper(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);

// Adds the fact unless it has no value.
void addFact(PaperForm::Facts &facts, const char *label, const QString &value);

} // namespace Counterfoil
