#pragma once

#include "gatewayfixture.h"

#include <QDirIterator>

namespace Counterfoil::Testing {

inline const std::string paper
    = "%PDF-1.7 a counterfoil of ten dozen bytes or so, from its first word to the last of all";

inline HttpRequest documentRequest(const std::string &token, const std::string &key)
{
    HttpRequest request;
    request.method = "GET";
    request.path = "/v1/documents/" + key;
    request.bearer = token;
    request.peer = "192.0.2.1";
    return request;
}

inline std::string header(const HttpResponse &response, const std::string &name)
{
    const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? std::string() : found->second;
}

inline std::string problemOf(const HttpResponse &response)
{
    const auto problem = decode<Problem>(response.body);
    return problem ? problem->typeUri.substr(problem->typeUri.rfind(':') + 1) : std::string();
}

// Two companies' papers, none of them issued.
struct Papers : Gateway
{
    Papers()
    {
        fill(*this);
        erp.paper("a-doc", "A", paper);
        erp.paper("b-doc", "B", "of another company");
        pumpAll();
        ann = token("ann");
    }

    HttpResponse get(const std::string &token, const std::string &key, const std::string &range = {})
    {
        auto request = documentRequest(token, key);
        request.range = range;
        return core->handle(request);
    }

    // Asks the ERP for the next document, as the shell does.
    LateAnswers askErp(std::optional<Result<IssuedDocument>> instead = {})
    {
        const auto question = core->documentQuestion();
        if (!question)
            return {};
        const auto kept = core->keepDocument(*question, instead ? *instead : erp.document(question->key));
        return core->takeDocument(*question, kept);
    }

    // The answer, however long it takes.
    HttpResponse fetch(const std::string &token, const std::string &key, const std::string &range = {})
    {
        const auto answer = get(token, key, range);
        if (answer.wait == 0)
            return answer;
        const auto late = askErp();
        if (late.size() != 1 || late[0].wait != answer.wait)
            qFatal("%zu answers", late.size());
        return late[0].response;
    }

    std::string bytes(const HttpResponse &answer)
    {
        if (!answer.document)
            return {};
        const auto file = core->documents().open(answer.document->sha256);
        if (!file)
            return {};
        (*file)->seek(answer.document->range.from);
        return (*file)->read(answer.document->range.bytes).toStdString();
    }

    std::string metric(const std::string &name)
    {
        const auto text = core->handle({"GET", "/metrics", {}, {}, {}, "127.0.0.1"}).body;
        const auto at = text.find("\ncounterfoil_" + name + ' ');
        return text.substr(at + name.size() + 14, text.find('\n', at + 1) - at - name.size() - 14);
    }

    QStringList files() const
    {
        QStringList found;
        QDirIterator all(storePath() + QStringLiteral(".documents"), QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext())
            found.append(all.next());
        return found;
    }

    std::string ann;
};

} // namespace Counterfoil::Testing
