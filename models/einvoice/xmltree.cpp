#include "xmltree.h"

#include "einvoicetext.h"

#include <QXmlStreamReader>

namespace Counterfoil {

namespace {

Error tooLarge(const QString &detail)
{
    return Error{ErrorKind::BadInput,
                 EInvoiceText::tr(
                     "This XML file is larger or more deeply nested than any e-invoice. Save it, and look at "
                     "it with another program."),
                 detail};
}

// Qt compares each attribute of an element with all others before it hands them out, so that 100,000 take a
// minute. A value has no “<”, so as many signs stand between two of those. That is so in every encoding in
// which a byte below 128 is that character, and others are refused before.
bool hasTooManyAttributes(const QByteArray &xml)
{
    int signs = 0;
    for (const char byte : xml) {
        if (byte == '<')
            signs = 0;
        else if (byte == '=' && ++signs > XmlLimit::equalsSigns)
            return true;
    }
    return false;
}

Error otherEncoding(const QString &detail)
{
    return Error{
        ErrorKind::BadInput,
        EInvoiceText::tr(
            "This XML is written in UTF-16 or UTF-32, in which no e-invoice comes. Ask the sender for it "
            "in UTF-8."),
        detail};
}

// UTF-16 and UTF-32, with a byte order mark or without, begin with one or have a nought beside the “<”.
bool isWide(const QByteArray &xml)
{
    const QByteArray first = xml.left(4);
    return first.startsWith("\xfe\xff") || first.startsWith("\xff\xfe") || first.contains('\0');
}

class TreeReader
{
public:
    TreeReader(const QByteArray &xml, const XmlRename &rename)
        : m_xml(xml)
        , m_rename(rename)
    { }

    Result<XmlElement> read()
    {
        XmlElement root;
        m_open.push_back(&root);
        while (!m_xml.atEnd()) {
            if (const auto wrong = take(m_xml.readNext()))
                return *wrong;
        }
        if (m_xml.hasError() || root.children.size() != 1)
            return Error{
                ErrorKind::BadInput,
                EInvoiceText::tr("This XML is damaged or cut short. Ask the sender for the file again."),
                QStringLiteral("line %1: %2").arg(m_xml.lineNumber()).arg(m_xml.errorString())};
        return std::move(root.children.front());
    }

private:
    std::optional<Error> take(QXmlStreamReader::TokenType token)
    {
        switch (token) {
        case QXmlStreamReader::StartDocument:
            // It may say so in single bytes, and what stands behind is read as it says.
            if (const QString encoding = m_xml.documentEncoding().toString().toUpper();
                encoding.startsWith(QLatin1String("UTF-16")) || encoding.startsWith(QLatin1String("UTF-32")))
                return otherEncoding(encoding.left(20));
            break;
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
            return Error{ErrorKind::BadInput,
                         EInvoiceText::tr(
                             "This XML defines words of its own, which no e-invoice may. It was not read."),
                         QStringLiteral("document type in line %1").arg(m_xml.lineNumber())};
        case QXmlStreamReader::StartElement:
            return open();
        case QXmlStreamReader::EndElement:
            close();
            break;
        case QXmlStreamReader::Characters:
            addText();
            break;
        default:
            break;
        }
        return {};
    }

    std::optional<Error> open()
    {
        if (++m_elements > XmlLimit::elements || m_open.size() > XmlLimit::depth)
            return tooLarge(QStringLiteral("%1 elements, %2 deep").arg(m_elements).arg(m_open.size()));
        const auto namespaces = m_xml.namespaceDeclarations();
        for (const QXmlStreamNamespaceDeclaration &each : namespaces) {
            if (each.namespaceUri().size() > XmlLimit::namespaceLength)
                return tooLarge(
                    QStringLiteral("a namespace of %1 characters").arg(each.namespaceUri().size()));
        }
        XmlElement &element = m_open.back()->children.emplace_back();
        element.name = m_xml.name().toString();
        if (m_open.size() == 1) // of others nobody asks for it, and each would have a copy
            element.space = m_xml.namespaceUri().toString();
        if (m_rename)
            element.name = m_rename(element.name, m_names);
        const auto attributes = m_xml.attributes();
        if (attributes.size() > XmlLimit::attributes || namespaces.size() > XmlLimit::attributes)
            return tooLarge(QStringLiteral("%1 attributes").arg(attributes.size()));
        for (const QXmlStreamAttribute &attribute : attributes)
            element.attributes.append(
                {attribute.name().toString(), attribute.value().left(XmlLimit::textLength).toString()});
        m_names.append(element.name);
        m_open.push_back(&element);
        return {};
    }

    void close()
    {
        XmlElement &element = *m_open.back();
        element.text = element.text.trimmed();
        element.children.shrink_to_fit();
        m_open.pop_back();
        m_names.removeLast();
    }

    // What is embedded in the XML in turn may have megabytes, and none of them is for people to read.
    void addText()
    {
        XmlElement &element = *m_open.back();
        if (m_open.size() < 2 || element.name.endsWith(QLatin1String("BinaryObject"))
            || !element.children.empty())
            return;
        const qsizetype room = XmlLimit::textLength - element.text.size();
        if (room > 0)
            element.text += m_xml.text().left(room);
    }

    QXmlStreamReader m_xml;
    const XmlRename &m_rename;
    std::vector<XmlElement *> m_open; // from the root on; only the last one's children grow
    QStringList m_names;
    int m_elements = 0;
};

} // namespace

QString XmlElement::attribute(QStringView attributeName) const
{
    for (const auto &[key, value] : attributes) {
        if (key == attributeName)
            return value;
    }
    return {};
}

QList<const XmlElement *> XmlElement::at(QStringView path) const
{
    QList<const XmlElement *> found;
    collect(path, found);
    return found;
}

const XmlElement *XmlElement::firstAt(QStringView path) const
{
    const auto found = at(path);
    return found.isEmpty() ? nullptr : found.first();
}

void XmlElement::collect(QStringView path, QList<const XmlElement *> &found) const
{
    if (path.isEmpty()) {
        found.append(this);
        return;
    }
    qsizetype end = 0;
    int brackets = 0;
    while (end < path.size() && (brackets > 0 || path[end] != u'/')) {
        brackets += path[end] == u'[' ? 1 : path[end] == u']' ? -1 : 0;
        ++end;
    }
    const QStringView step = path.left(end);
    const QStringView rest = path.mid(std::min(end + 1, path.size()));
    const qsizetype bracket = step.indexOf(u'[');
    const QStringView wanted = bracket < 0 ? step : step.left(bracket);
    const QStringView condition = bracket < 0 ? QStringView() : step.mid(bracket + 1).chopped(1);
    for (const XmlElement &child : children) {
        if (child.name == wanted && (condition.isEmpty() || child.meets(condition)))
            child.collect(rest, found);
    }
}

bool XmlElement::meets(QStringView condition) const
{
    const qsizetype equals = condition.indexOf(u'=');
    const bool unlike = equals > 0 && condition[equals - 1] == u'!';
    const QStringView subject = condition.left(unlike ? equals - 1 : equals);
    const QStringView value = condition.mid(equals + 1);
    QString actual;
    if (subject.startsWith(u'@'))
        actual = attribute(subject.mid(1));
    else if (const XmlElement *below = firstAt(subject))
        actual = below->text;
    return (actual == value) != unlike;
}

Result<XmlElement> readXmlTree(const QByteArray &xml, const XmlRename &rename)
{
    if (xml.size() > XmlLimit::bytes)
        return tooLarge(QStringLiteral("%1 bytes").arg(xml.size()));
    if (isWide(xml))
        return otherEncoding(QStringLiteral("by its first bytes"));
    if (hasTooManyAttributes(xml))
        return tooLarge(QStringLiteral("too many attributes"));
    return TreeReader(xml, rename).read();
}

} // namespace Counterfoil
