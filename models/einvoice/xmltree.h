#pragma once

#include "result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace Counterfoil {

// Every bound of an XML file that somebody gave us. What exceeds one is refused, but for a text, which is
// cut.
namespace XmlLimit {
inline constexpr qsizetype bytes = 32 * 1024 * 1024;
inline constexpr int elements = 500'000;
inline constexpr int depth = 40;
inline constexpr qsizetype textLength = 20'000;   // characters of one element
inline constexpr int attributes = 50;             // of an element, and as many namespaces
inline constexpr qsizetype namespaceLength = 500; // characters
inline constexpr int equalsSigns = 5'000;         // between two tags, which is looked at first
} // namespace XmlLimit

// An element with what is in it. Names are without their prefixes; comments, instructions and what is written
// between an element's children are left out.
class XmlElement
{
public:
    QString name;
    QString space; // the namespace, of the root alone
    QString text;  // trimmed
    QList<std::pair<QString, QString>> attributes;
    std::vector<XmlElement> children;

    QString attribute(QStringView attributeName) const; // empty: there is none

    // The elements at a path of names below this one, in the file's order: "PartyTaxScheme/CompanyID". A
    // condition in brackets picks among elements of a name, by an attribute or by the text at a path below:
    // "ID[@schemeID=VA]", "PartyTaxScheme[TaxScheme/ID=VAT]", and with "!=" those for which it is not so.
    QList<const XmlElement *> at(QStringView path) const;
    const XmlElement *firstAt(QStringView path) const; // nullptr: there is none

private:
    void collect(QStringView path, QList<const XmlElement *> &found) const;
    bool meets(QStringView condition) const;
};

// `rename` may give an element another name than it has in the file; it is told the names above it, from the
// root on. A document type is refused, and with it every entity but XML's own, and so are UTF-16 and UTF-32.
// BadInput: it is no XML, or out
// of bounds. May run on any thread.
using XmlRename = std::function<QString(const QString &name, const QStringList &above)>;
Result<XmlElement> readXmlTree(const QByteArray &xml, const XmlRename &rename = {});

} // namespace Counterfoil
