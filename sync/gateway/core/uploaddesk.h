#pragma once

#include "command.h"
#include "gatewaystate.h"
#include "uploadfolder.h"

namespace Counterfoil {

// Takes the files that people put to what they ask for, piece by piece, and gives them out again.
// docs/protocol.md, "Uploads".
class UploadDesk
{
public:
    explicit UploadDesk(GatewayState &state);

    HttpResponse begin(const HttpRequest &request);
    HttpResponse take(const HttpRequest &request, const std::string &id);
    HttpResponse give(const HttpRequest &request, const std::string &id);

    // Whether everything that the command refers to is here, of this person and the command's account, and as
    // it says; then it stays. Nothing: yes.
    std::optional<Refusal> keepFor(const std::string &person, const Command &command);
    // It had no effect: what no other command refers to may go, after a while in which it can be sent again.
    void releaseFrom(const Command &command);

    void removeLoose(Instant now);
    const UploadFolder &folder() const { return m_folder; }

private:
    std::optional<Refusal> refusalOfNew(const UploadRequest &wanted);
    std::optional<Refusal> complete(const UploadFolder::Upload &upload);
    HttpResponse standing(const UploadFolder::Upload &upload) const;

    GatewayState &m_state;
    UploadFolder m_folder;
};

} // namespace Counterfoil
