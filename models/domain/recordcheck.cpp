#include "recordcheck.h"

#include "address.h"
#include "addressrules.h"
#include "contact.h"

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <algorithm>

namespace Counterfoil {

namespace {

using Kind = FieldIssue::Kind;

constexpr int fewestPhoneDigits = 4; // an extension
constexpr int mostPhoneDigits = 15;  // ITU-T E.164

QString wide(const std::string &text)
{
    return QString::fromStdString(text);
}

class Findings
{
public:
    explicit Findings(const AnyRecord &record)
        : m_record(record)
    { }

    // The issue is put where the table has its field.
    void add(std::string_view fieldName, Kind kind, bool forbids, std::string suggestion = {},
             std::string_view example = {})
    {
        m_issues.push_back(
            {m_record.type().find(fieldName), kind, forbids, std::move(suggestion), std::string(example)});
    }
    void need(std::string_view fieldName)
    {
        if (m_record.type().find(fieldName)->in<std::string>(m_record.data()).empty())
            add(fieldName, Kind::Missing, true);
    }
    void checkLengths()
    {
        for (const Field &field : m_record.type().fields) {
            if (!field.is(Editable) || field.type != FieldType::Text)
                continue;
            const auto &text = field.in<std::string>(m_record.data());
            const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
            if (static_cast<std::size_t>(wide(text).size()) > mostFieldCharacters || lines > mostStreetLines)
                add(field.name, Kind::TooLong, true);
        }
    }
    std::vector<FieldIssue> taken()
    {
        std::ranges::stable_sort(m_issues, {}, &FieldIssue::field);
        return std::move(m_issues);
    }

private:
    const AnyRecord &m_record;
    std::vector<FieldIssue> m_issues;
};

void checkPhone(Findings &findings, std::string_view fieldName, const std::string &phone)
{
    static const QRegularExpression extension(QStringLiteral("\\s*(ext\\.?|extension|x|#)\\s*\\d{1,8}\\s*$"),
                                              QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression written(QStringLiteral("^\\+?[0-9 ()./\\-\u2010\u2011]+$"));
    if (phone.empty())
        return;
    const QString number = wide(phone).remove(extension).normalized(QString::NormalizationForm_KC);
    const auto digits = std::ranges::count_if(number, [](QChar c) { return c.isDigit(); });
    if (!written.match(number).hasMatch() || digits < fewestPhoneDigits || digits > mostPhoneDigits)
        findings.add(fieldName, Kind::Odd, false, {}, "+44 117 496 0123");
}

// Slips of the finger that no real address has.
QString mendedEmail(QString email)
{
    static const QRegularExpression ends(QStringLiteral("^(mailto:|<)+|[>.,;]+$"));
    email.remove(ends).remove(QLatin1Char(' '));
    const qsizetype at = email.lastIndexOf(QLatin1Char('@'));
    if (at < 0)
        return email;
    QString domain = email.mid(at + 1).toLower();
    domain.replace(QLatin1Char(','), QLatin1Char('.'));
    if (domain.endsWith(QLatin1String(".con")) || domain.endsWith(QLatin1String(".cmo")))
        domain.replace(domain.size() - 3, 3, QStringLiteral("com"));
    static const std::pair<QLatin1String, QLatin1String> slips[]
        = {{QLatin1String("gmial.com"), QLatin1String("gmail.com")},
           {QLatin1String("gmai.com"), QLatin1String("gmail.com")},
           {QLatin1String("hotmial.com"), QLatin1String("hotmail.com")},
           {QLatin1String("outlok.com"), QLatin1String("outlook.com")}};
    for (const auto &[wrong, right] : slips) {
        if (domain == wrong)
            domain = right;
    }
    return email.left(at + 1) + domain;
}

void checkEmail(Findings &findings, const std::string &email)
{
    static const QRegularExpression written(QStringLiteral(
        "^[^\\s@<>,;]{1,64}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+\\p{L}[\\p{L}"
        "\\p{N}-]*\\p{L}$"));
    if (email.empty())
        return;
    const QString typed = wide(email);
    const QString mended = mendedEmail(typed);
    const bool mendable = written.match(mended).hasMatch();
    if (!written.match(typed).hasMatch())
        findings.add("email", Kind::Odd, true, mendable ? mended.toStdString() : std::string(),
                     "name@company.com");
    else if (mendable && mended.compare(typed, Qt::CaseInsensitive) != 0)
        findings.add("email", Kind::Spelling, false, mended.toStdString());
}

// A place typed without a capital letter; names that begin with a small one have others.
void checkCity(Findings &findings, const std::string &city)
{
    QString text = wide(city);
    if (text.isEmpty() || text != text.toLower() || text == text.toUpper())
        return;
    bool begins = true;
    for (QChar &c : text) {
        if (begins && c.isLetter())
            c = c.toUpper();
        begins = c == QLatin1Char(' ') || c == QLatin1Char('-');
    }
    findings.add("city", Kind::Spelling, false, text.toStdString());
}

void checkPostalCode(Findings &findings, const Address &address, const CountryRules &rules)
{
    if (rules.shapes.empty())
        return;
    if (address.postalCode.empty()) {
        findings.add("postalCode", Kind::Missing, false, {}, rules.example);
        return;
    }
    std::string spelled = spelledPostalCode(rules, address.postalCode);
    if (spelled.empty())
        findings.add("postalCode", Kind::Odd, false, {}, rules.example);
    else if (spelled != address.postalCode)
        findings.add("postalCode", Kind::Spelling, false, std::move(spelled));
}

void checkRegion(Findings &findings, const Address &address, const CountryRules &rules)
{
    if (rules.regions.empty())
        return;
    const std::string_view example = rules.regions.substr(0, rules.regions.find('='));
    if (address.region.empty()) {
        findings.add("region", Kind::Missing, false, {}, example);
        return;
    }
    std::string code = regionCode(rules, address.region);
    if (code.empty())
        findings.add("region", Kind::Odd, false, {}, example);
    else if (code != address.region)
        findings.add("region", Kind::Spelling, false, std::move(code));
}

void checkAddress(Findings &findings, const Address &address)
{
    for (const char *field : {"name", "street", "city", "country"})
        findings.need(field);
    if (!address.country.empty() && !isCountry(address.country))
        findings.add("country", Kind::Unknown, true);
    checkCity(findings, address.city);
    if (const CountryRules *rules = countryRules(address.country)) {
        checkPostalCode(findings, address, *rules);
        checkRegion(findings, address, *rules);
    }
    checkPhone(findings, "phone", address.phone);
    if (!address.shipTo && !address.billTo)
        findings.add("shipTo", Kind::Missing, true);
}

void checkContact(Findings &findings, const Contact &contact)
{
    findings.need("name");
    checkEmail(findings, contact.email);
    checkPhone(findings, "phone", contact.phone);
    checkPhone(findings, "mobile", contact.mobile);
}

// On one line, without control characters and needless blanks.
QString tidied(QString line)
{
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    }
    return line.simplified();
}

// Without empty lines.
QString tidiedLines(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        if (const QString clean = tidied(line); !clean.isEmpty())
            lines.append(clean);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

std::vector<FieldIssue> issuesOf(const AnyRecord &record)
{
    Findings findings(record);
    if (const auto *address = record.as<Address>())
        checkAddress(findings, *address);
    else if (const auto *contact = record.as<Contact>())
        checkContact(findings, *contact);
    else
        return {};
    findings.checkLengths();
    return findings.taken();
}

void tidy(AnyRecord &record)
{
    for (const Field &field : record.type().fields) {
        if (!field.is(Editable) || field.type != FieldType::Text || field.is(Link))
            continue;
        auto &text = field.in<std::string>(record.data());
        text = tidiedLines(wide(text)).toStdString();
    }
}

} // namespace Counterfoil
