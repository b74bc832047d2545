#include "papereinvoice.h"

#include "exactvalue.h"
#include "papertype.h"

#include <QLocale>
#include <QStringList>
#include <QXmlStreamWriter>

#include <map>

namespace Counterfoil {

namespace {

QString rsm()
{
    return QStringLiteral("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100");
}

QString ram()
{
    return QStringLiteral(
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100");
}

QString udt()
{
    return QStringLiteral("urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");
}

// Elements come in the order that the format's schema has.
class Writer
{
public:
    explicit Writer(const PaperData &data)
        : m_data(data)
        , m_invoice(data.invoice)
        , m_places(minorUnitPlaces(data.invoice.currency))
        , m_xml(&m_bytes)
    { }

    QByteArray write()
    {
        m_xml.writeStartDocument();
        m_xml.writeNamespace(rsm(), QStringLiteral("rsm"));
        m_xml.writeNamespace(ram(), QStringLiteral("ram"));
        m_xml.writeNamespace(udt(), QStringLiteral("udt"));
        m_xml.writeStartElement(rsm(), QStringLiteral("CrossIndustryInvoice"));
        m_xml.writeStartElement(rsm(), QStringLiteral("ExchangedDocumentContext"));
        begin("GuidelineSpecifiedDocumentContextParameter");
        text("ID", "urn:cen.eu:en16931:2017");
        end(2);
        writeDocument();
        m_xml.writeStartElement(rsm(), QStringLiteral("SupplyChainTradeTransaction"));
        for (const InvoiceLine &line : m_invoice.lines)
            writeLine(line);
        writeAgreement();
        writeDelivery();
        writeSettlement();
        m_xml.writeEndDocument();
        return m_bytes;
    }

private:
    struct Tax
    {
        Amount basis;
        Amount tax;
    };

    void begin(const char *name) { m_xml.writeStartElement(ram(), QString::fromLatin1(name)); }
    void end(int elements = 1)
    {
        for (int i = 0; i < elements; ++i)
            m_xml.writeEndElement();
    }
    // What is not known is left out.
    void text(const char *name, const std::string &value)
    {
        if (!value.empty())
            m_xml.writeTextElement(ram(), QString::fromLatin1(name), paperText(value));
    }
    void date(const char *name, Date date)
    {
        if (!date.isSet())
            return;
        begin(name);
        m_xml.writeStartElement(udt(), QStringLiteral("DateTimeString"));
        m_xml.writeAttribute(QStringLiteral("format"), QStringLiteral("102"));
        m_xml.writeCharacters(QString::fromStdString(date.toString()).remove(u'-'));
        end(2);
    }
    // A credit note gives back positive amounts.
    void amount(const char *name, Amount amount, const char *currency = nullptr)
    {
        begin(name);
        if (currency)
            m_xml.writeAttribute(QStringLiteral("currencyID"), QString::fromLatin1(currency));
        QString digits = QString::fromStdString(ExactValue::of(turned(amount), m_places).toString());
        if (m_places == 0)
            digits.chop(3); // ".00"
        m_xml.writeCharacters(digits);
        end();
    }
    Amount turned(Amount amount) const { return m_invoice.credit ? -amount : amount; }

    void indicator(bool charge)
    {
        begin("ChargeIndicator");
        m_xml.writeTextElement(udt(), QStringLiteral("Indicator"),
                               charge ? QStringLiteral("true") : QStringLiteral("false"));
        end();
    }

    // UNTDID 5305.
    std::string categoryOf(Decimal rate) const
    {
        if (!rate.isZero())
            return "S";
        if (m_data.taxNote.starts_with("Reverse charge"))
            return "AE";
        return m_data.taxNote.empty() ? "Z" : "E";
    }
    void category(Decimal rate)
    {
        text("CategoryCode", categoryOf(rate));
        text("RateApplicablePercent", rate.toString());
    }

    void address(const std::string &lines, const std::string &country)
    {
        static constexpr const char *names[] = {"LineOne", "LineTwo", "LineThree"};
        QStringList rest = paperText(lines).split(u'\n', Qt::SkipEmptyParts);
        // Which has an element of its own.
        const QLocale::Territory territory = QLocale::codeToTerritory(QString::fromStdString(country));
        if (rest.size() > 1 && rest.last() == QLocale::territoryToString(territory))
            rest.removeLast();
        begin("PostalTradeAddress");
        for (const char *name : names) {
            if (rest.isEmpty())
                break;
            const bool last = name == names[2];
            text(name, (last ? rest.join(QStringLiteral(", ")) : rest.takeFirst()).toStdString());
        }
        text("CountryID", country);
        end();
    }
    // "VAT GB 293 4410 22" is printed, GB293441022 is the number.
    void vatNumber(const std::string &printed)
    {
        QString number = paperText(printed).remove(u' ');
        if (number.startsWith(QLatin1String("VAT")))
            number.remove(0, 3);
        if (number.isEmpty())
            return;
        begin("SpecifiedTaxRegistration");
        begin("ID");
        m_xml.writeAttribute(QStringLiteral("schemeID"), QStringLiteral("VA"));
        m_xml.writeCharacters(number);
        end(2);
    }
    void reference(const char *element, const std::string &number)
    {
        if (number.empty())
            return;
        begin(element);
        text("IssuerAssignedID", number);
        end();
    }

    void writeDocument();
    void writeLine(const InvoiceLine &line);
    void writeAgreement();
    void writeDelivery();
    void writeSettlement();
    void writePayment();
    void writeTaxes();
    void writeFreight();
    void writeTotals();
    std::map<Decimal, Tax> taxes() const;

    const PaperData &m_data;
    const Invoice &m_invoice;
    const int m_places;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

void Writer::writeDocument()
{
    m_xml.writeStartElement(rsm(), QStringLiteral("ExchangedDocument"));
    text("ID", m_invoice.number);
    text("TypeCode", m_invoice.credit ? "381" : "380");
    date("IssueDateTime", m_data.issuedOn);
    if (!m_data.creditReason.empty()) {
        begin("IncludedNote");
        text("Content", m_data.creditReason);
        end();
    }
    end();
}

void Writer::writeLine(const InvoiceLine &line)
{
    begin("IncludedSupplyChainTradeLineItem");
    begin("AssociatedDocumentLineDocument");
    text("LineID", std::to_string(line.lineNumber));
    end();
    begin("SpecifiedTradeProduct");
    text("SellerAssignedID", line.sku);
    text("Name", line.description.empty() ? line.sku : line.description);
    end();
    begin("SpecifiedLineTradeAgreement");
    begin("NetPriceProductTradePrice");
    text("ChargeAmount", line.unitPrice.toString());
    end(2);
    begin("SpecifiedLineTradeDelivery");
    begin("BilledQuantity");
    // Its own names for packs are in the description of the paper; the standard counts them.
    m_xml.writeAttribute(QStringLiteral("unitCode"),
                         line.unit == "each" ? QStringLiteral("EA") : QStringLiteral("C62"));
    m_xml.writeCharacters(
        QString::fromStdString((m_invoice.credit ? -line.quantity : line.quantity).toString()));
    end(2);
    begin("SpecifiedLineTradeSettlement");
    begin("ApplicableTradeTax");
    text("TypeCode", "VAT");
    category(line.taxRate);
    end();
    begin("SpecifiedTradeSettlementLineMonetarySummation");
    amount("LineTotalAmount", line.net);
    end(3);
}

void Writer::writeAgreement()
{
    begin("ApplicableHeaderTradeAgreement");
    begin("SellerTradeParty");
    text("Name", m_data.issuer.name);
    begin("DefinedTradeContact");
    text("DepartmentName", "Accounts");
    begin("TelephoneUniversalCommunication");
    text("CompleteNumber", m_data.issuer.phone);
    end();
    begin("EmailURIUniversalCommunication");
    text("URIID", m_data.issuer.email);
    end(2);
    address(m_data.issuer.address, m_data.issuer.country);
    vatNumber(m_data.issuer.taxNumber);
    end();
    begin("BuyerTradeParty");
    text("ID", m_data.accountNumber);
    text("Name", m_invoice.billToName);
    address(m_invoice.billToAddress, m_data.country);
    vatNumber(m_data.customerTaxNumber);
    end();
    reference("SellerOrderReferencedDocument", m_invoice.orderNumber);
    reference("BuyerOrderReferencedDocument", m_invoice.poReference);
    end();
}

void Writer::writeDelivery()
{
    begin("ApplicableHeaderTradeDelivery");
    if (!m_invoice.shipToName.empty()) {
        begin("ShipToTradeParty");
        text("Name", m_invoice.shipToName);
        address(m_invoice.shipToAddress, m_data.country);
        end();
    }
    if (m_data.shippedOn.isSet()) {
        begin("ActualDeliverySupplyChainEvent");
        date("OccurrenceDateTime", m_data.shippedOn);
        end();
    }
    reference("DespatchAdviceReferencedDocument", m_invoice.shipmentNumber);
    end();
}

void Writer::writeSettlement()
{
    begin("ApplicableHeaderTradeSettlement");
    text("PaymentReference", m_data.paymentReference.empty() ? m_invoice.number : m_data.paymentReference);
    text("InvoiceCurrencyCode", m_invoice.currency);
    writePayment();
    writeTaxes();
    writeFreight();
    begin("SpecifiedTradePaymentTerms");
    text("Description", m_invoice.terms);
    date("DueDateDateTime", m_invoice.dueOn);
    end();
    writeTotals();
    reference("InvoiceReferencedDocument", m_invoice.creditedNumber);
    end();
}

void Writer::writePayment()
{
    const auto fact = [this](std::string_view label) {
        for (const PaperFact &each : m_data.payTo) {
            if (each.label == label)
                return each.value;
        }
        return std::string();
    };
    QString iban = paperText(fact("IBAN")).remove(u' ');
    if (iban.isEmpty())
        return;
    begin("SpecifiedTradeSettlementPaymentMeans");
    text("TypeCode", m_invoice.currency == "EUR" ? "58" : "30");
    begin("PayeePartyCreditorFinancialAccount");
    text("IBANID", iban.toStdString());
    text("AccountName", fact("Account name"));
    end();
    if (const std::string bic = fact("BIC"); !bic.empty()) {
        begin("PayeeSpecifiedCreditorFinancialInstitution");
        text("BICID", bic);
        end();
    }
    end();
}

// What the invoice's tax exceeds that of its lines is the freight's.
std::map<Decimal, Writer::Tax> Writer::taxes() const
{
    std::map<Decimal, Tax> byRate;
    Amount told;
    for (const InvoiceLine &line : m_invoice.lines) {
        Tax &tax = byRate[line.taxRate];
        tax.basis += line.net;
        tax.tax += line.tax;
        told += line.tax;
    }
    if (m_invoice.freight != Amount()) {
        Tax &tax = byRate[m_data.freightTaxRate];
        tax.basis += m_invoice.freight;
        tax.tax += m_invoice.tax - told;
    }
    return byRate;
}

void Writer::writeTaxes()
{
    for (const auto &[rate, tax] : taxes()) {
        begin("ApplicableTradeTax");
        amount("CalculatedAmount", tax.tax);
        text("TypeCode", "VAT");
        const std::string code = categoryOf(rate);
        if (code == "AE" || code == "E")
            text("ExemptionReason", m_data.taxNote);
        amount("BasisAmount", tax.basis);
        category(rate);
        end();
    }
}

void Writer::writeFreight()
{
    if (m_invoice.freight == Amount())
        return;
    begin("SpecifiedTradeAllowanceCharge");
    indicator(true);
    amount("ActualAmount", m_invoice.freight);
    text("Reason", "Freight");
    begin("CategoryTradeTax");
    text("TypeCode", "VAT");
    category(m_data.freightTaxRate);
    end(2);
}

void Writer::writeTotals()
{
    const std::string &currency = m_invoice.currency;
    begin("SpecifiedTradeSettlementHeaderMonetarySummation");
    amount("LineTotalAmount", m_invoice.net);
    amount("ChargeTotalAmount", m_invoice.freight);
    amount("AllowanceTotalAmount", {});
    amount("TaxBasisTotalAmount", m_invoice.net + m_invoice.freight);
    amount("TaxTotalAmount", m_invoice.tax, currency.c_str());
    amount("GrandTotalAmount", m_invoice.total);
    amount("DuePayableAmount", m_invoice.total);
    end();
}

} // namespace

QByteArray einvoiceOf(const PaperData &data)
{
    if (data.taxName != "VAT" || data.issuer.country.empty() || data.invoice.lines.empty())
        return {};
    return Writer(data).write();
}

} // namespace Counterfoil
