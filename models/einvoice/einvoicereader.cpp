#include "einvoicereader.h"

#include "einvoicesyntax.h"
#include "einvoicetext.h"

#include <algorithm>
#include <array>

namespace Counterfoil {

namespace {

struct Root
{
    const char *name;
    const char *space;
    EInvoice::Syntax syntax;
    const EInvoiceSyntax &(*tables)();
    std::span<const ElementName> (*names)();
    bool creditNote;
};

std::span<const ElementName> noOtherNames()
{
    return {};
}

constexpr Root roots[] = {
    {"CrossIndustryInvoice", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
     EInvoice::Syntax::Cii, Cii::syntax, noOtherNames, false},
    {"CrossIndustryDocument", "urn:ferd:CrossIndustryDocument:invoice:1p0", EInvoice::Syntax::Zugferd1,
     Cii::syntax, Cii::zugferd1Names, false},
    {"Invoice", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", EInvoice::Syntax::Ubl, Ubl::syntax,
     noOtherNames, false},
    {"CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", EInvoice::Syntax::Ubl,
     Ubl::syntax, Ubl::creditNoteNames, true},
};

const Root *rootNamed(const QString &name)
{
    const auto found
        = std::ranges::find_if(roots, [&name](const Root &root) { return name == QLatin1String(root.name); });
    return found == std::end(roots) ? nullptr : found;
}

QString nameHere(const QString &name, const QStringList &above)
{
    const Root *root = above.isEmpty() ? nullptr : rootNamed(above.first());
    if (!root)
        return name;
    for (const ElementName &other : root->names()) {
        if (name == QLatin1String(other.there) && (!other.below || above.contains(QLatin1String(other.below)))
            && (!other.notBelow || !above.contains(QLatin1String(other.notBelow))))
            return QString::fromLatin1(other.here);
    }
    return name;
}

// Of UNTDID 1001, those that EN 16931 counts as credit notes.
bool isCreditNote(const QString &typeCode)
{
    static constexpr std::array codes{"81",  "83",  "261", "262", "296", "308",
                                      "381", "396", "420", "458", "532"};
    return std::ranges::any_of(codes, [&](const char *code) { return typeCode == QLatin1String(code); });
}

// As XML Schema writes a decimal: "12", "+.5", "-1.250000000". No exponent, no grouping.
Stated number(const QString &text)
{
    QString digits = text;
    const bool negative = digits.startsWith(u'-');
    if (negative || digits.startsWith(u'+'))
        digits.remove(0, 1);
    const qsizetype point = digits.indexOf(u'.');
    QString whole = point < 0 ? digits : digits.left(point);
    QString fraction = point < 0 ? QString() : digits.mid(point + 1);
    if (whole.isEmpty() && fraction.isEmpty())
        return {};
    const auto places = static_cast<int>(std::min<qsizetype>(fraction.size(), 1'000));
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.remove(0, 1);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    const bool cut = fraction.size() > Decimal::places;
    const bool up = cut && fraction[Decimal::places] >= u'5';
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (!std::ranges::all_of(whole, isDigit) || !std::ranges::all_of(fraction, isDigit))
        return {};
    const QString known = (whole.isEmpty() ? QStringLiteral("0") : whole) + u'.'
        + (fraction.isEmpty() ? QStringLiteral("0") : fraction.left(Decimal::places));
    auto value = Decimal::parse(known.toStdString());
    if (!value)
        return {};
    value->millionths += up ? 1 : 0;
    return StatedNumber{negative ? -*value : *value, places, cut};
}

// CII writes 20181031, with or without a time behind it; UBL 2018-10-31, with or without a zone.
Date date(const QString &text)
{
    const bool joined = text.size() >= 8 && !text.left(8).contains(u'-');
    const QString day = joined ? text.left(4) + u'-' + text.mid(4, 2) + u'-' + text.mid(6, 2) : text.left(10);
    return Date::parse(day.toStdString()).value_or(Date());
}

class Filler
{
public:
    Filler(const XmlElement &root, const EInvoiceSyntax &syntax)
        : m_root(root)
        , m_syntax(syntax)
    { }

    bool hasTooMany() const { return m_tooMany; }
    EInvoice invoice()
    {
        fill(m_invoice, m_root, m_syntax.invoice);
        m_invoice.seller = one(m_syntax.seller, m_syntax.party);
        m_invoice.buyer = one(m_syntax.buyer, m_syntax.party);
        m_invoice.payee = one(m_syntax.payee, m_syntax.party);
        m_invoice.taxRepresentative = one(m_syntax.taxRepresentative, m_syntax.party);
        m_invoice.shipTo = one(m_syntax.shipTo, m_syntax.party);
        m_invoice.notes = all(m_root, m_syntax.notes, m_syntax.note);
        m_invoice.terms = all(m_root, m_syntax.terms, m_syntax.term);
        m_invoice.payments = all(m_root, m_syntax.payments, m_syntax.payment);
        m_invoice.preceding = all(m_root, m_syntax.preceding, m_syntax.reference);
        m_invoice.attachments = all(m_root, m_syntax.attachments, m_syntax.attachment);
        m_invoice.taxes = all(m_root, m_syntax.taxes, m_syntax.tax);
        m_invoice.allowances = allowances();
        takeTaxTotals();
        takeLines();
        return std::move(m_invoice);
    }

private:
    template <class T> void fill(T &record, const XmlElement &element, std::span<const Term<T>> terms)
    {
        for (const Term<T> &term : terms) {
            QString path = QString::fromLatin1(term.path);
            QString attribute;
            if (const qsizetype at = path.lastIndexOf(QLatin1String("/@")); at >= 0) {
                attribute = path.mid(at + 2);
                path.truncate(at);
            }
            for (const XmlElement *found : element.at(path)) {
                const QString text = attribute.isEmpty() ? found->text : found->attribute(attribute);
                if (!text.isEmpty())
                    std::visit([&](auto member) { take(record.*member, text, found->name); }, term.member);
            }
        }
    }

    static void take(QString &member, const QString &text, const QString &)
    {
        if (member.isEmpty())
            member = text;
    }
    static void take(QStringList &member, const QString &text, const QString &)
    {
        constexpr qsizetype most = 20;
        if (member.size() < most && !member.contains(text))
            member.append(text);
    }
    static void take(bool &member, const QString &text, const QString &)
    {
        member = member || text == QLatin1String("true") || text == QLatin1String("1");
    }
    void take(Stated &member, const QString &text, const QString &element)
    {
        if (member)
            return;
        member = number(text);
        if (!member)
            note(text, element);
    }
    void take(Date &member, const QString &text, const QString &element)
    {
        if (member.isSet())
            return;
        member = date(text);
        if (!member.isSet())
            note(text, element);
    }
    void note(const QString &text, const QString &element)
    {
        constexpr std::size_t most = 100;
        if (m_invoice.flaws.size() < most)
            m_invoice.flaws.push_back({element, text.left(80)});
    }

    template <class T> T one(const char *path, std::span<const Term<T>> terms)
    {
        T record;
        if (const XmlElement *element = m_root.firstAt(QString::fromLatin1(path)))
            fill(record, *element, terms);
        return record;
    }

    template <class T>
    std::vector<T> all(const XmlElement &below, const char *path, std::span<const Term<T>> terms)
    {
        std::vector<T> records;
        for (const XmlElement *element : below.at(QString::fromLatin1(path))) {
            if (records.size() >= einvoiceEntriesMost) {
                m_tooMany = true;
                break;
            }
            fill(records.emplace_back(), *element, terms);
        }
        return records;
    }

    std::vector<EInvoiceAllowance> allowances()
    {
        std::vector<EInvoiceAllowance> records;
        for (const char *path : m_syntax.allowances) {
            for (EInvoiceAllowance &each : all(m_root, path, m_syntax.allowance)) {
                each.charge = each.charge || QLatin1String(path).endsWith(QLatin1String("ServiceCharge"));
                records.push_back(std::move(each));
            }
        }
        return records;
    }

    // In the invoice's currency, and once more where the seller has to tell it in that of the country.
    void takeTaxTotals()
    {
        for (const XmlElement *element : m_root.at(QString::fromLatin1(m_syntax.taxTotals))) {
            const QString currency = element->attribute(u"currencyID");
            const bool atHome
                = !currency.isEmpty() && currency != m_invoice.currency && currency == m_invoice.taxCurrency;
            if (!element->text.isEmpty())
                take(atHome ? m_invoice.taxTotalAtHome : m_invoice.taxTotal, element->text, element->name);
        }
    }

    void takeLines()
    {
        for (const XmlElement *element : m_root.at(QString::fromLatin1(m_syntax.lines))) {
            EInvoiceLine &line = m_invoice.lines.emplace_back();
            fill(line, *element, m_syntax.line);
            line.allowances = all(*element, m_syntax.lineAllowances, m_syntax.allowance);
            line.properties = all(*element, m_syntax.properties, m_syntax.property);
        }
    }

    const XmlElement &m_root;
    const EInvoiceSyntax &m_syntax;
    EInvoice m_invoice;
    bool m_tooMany = false; // entries of a list
};

} // namespace

EInvoice::Depth EInvoice::depth() const
{
    if (syntax == Syntax::Ubl || !lines.empty())
        return Depth::Full;
    if (profile.endsWith(QLatin1String(":minimum")) && taxes.empty())
        return Depth::Minimum;
    return profile.endsWith(QLatin1String(":basicwl")) || profile.endsWith(QLatin1String(":minimum"))
        ? Depth::WithoutLines
        : Depth::Full;
}

Result<EInvoice> readEInvoice(const QByteArray &xml)
{
    const auto tree = readXmlTree(xml, nameHere);
    if (!tree)
        return tree.error();
    const Root *root = rootNamed(tree->name);
    if (!root || tree->space != QLatin1String(root->space))
        return Error{
            ErrorKind::BadInput,
            EInvoiceText::tr(
                "This XML is no e-invoice in a format that is known here. It can be saved as it is."),
            QStringLiteral("%1 of %2").arg(tree->name.left(100), tree->space.left(200))};
    const EInvoiceSyntax &syntax = root->tables();
    if (const auto lines = tree->at(QString::fromLatin1(syntax.lines)).size();
        std::size_t(lines) > einvoiceLinesMost)
        return Error{
            ErrorKind::BadInput,
            EInvoiceText::tr(
                "This e-invoice has %1 lines, which is more than can be shown. Save it, and look at it "
                "with another program.")
                .arg(lines)};
    Filler filler(*tree, syntax);
    EInvoice invoice = filler.invoice();
    if (filler.hasTooMany())
        return Error{
            ErrorKind::BadInput,
            EInvoiceText::tr(
                "This e-invoice has more taxes, notes or charges than can be shown. Save it, and look at it "
                "with another program."),
            QStringLiteral("more than %1").arg(einvoiceEntriesMost)};
    invoice.syntax = root->syntax;
    invoice.creditNote = root->creditNote || isCreditNote(invoice.typeCode);
    return invoice;
}

// Sources: Factur-X 1.0 and ZUGFeRD 1.0 and 2.x, technical annexes; Order-X is no invoice.
bool isEInvoiceName(const QString &name)
{
    static constexpr std::array names{"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"};
    return std::ranges::any_of(names, [&](const char *known) {
        return name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0;
    });
}

int eInvoiceAmong(const QStringList &names)
{
    auto found = std::ranges::find_if(names, isEInvoiceName);
    if (found == names.end())
        found = std::ranges::find_if(names, [](const QString &name) {
            return name.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive);
        });
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

} // namespace Counterfoil
