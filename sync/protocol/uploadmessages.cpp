#include "uploadmessages.h"

namespace Counterfoil {

namespace {

using FieldTable::field;

constexpr Field uploadRequestFields[] = {
    field<&UploadRequest::upload>("upload", "Its ID, a UUID"),
    field<&UploadRequest::account>("account", "Of what it will be put to"),
    field<&UploadRequest::name>("name", "As the file is called"),
    field<&UploadRequest::mediaType>("mediaType", "As its first bytes say"),
    field<&UploadRequest::bytes>("bytes", "Its size"),
    field<&UploadRequest::sha256>("sha256", "Of the whole, 64 lower-case hexadecimal digits"),
};

constexpr Field uploadAnswerFields[] = {
    field<&UploadAnswer::received>("received", "So many bytes are there: go on behind them"),
    field<&UploadAnswer::complete>("complete", "All are, and have the digest"),
};

} // namespace

constinit const RecordType UploadRequest::type{"uploadRequest", "uploadRequests", uploadRequestFields,
                                               &FieldTable::create<UploadRequest>};
constinit const RecordType UploadAnswer::type{"uploadAnswer", "uploadAnswers", uploadAnswerFields,
                                              &FieldTable::create<UploadAnswer>};

} // namespace Counterfoil
