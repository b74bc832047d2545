// Windows: a job object and the mitigation policies of the process. Unverified: never built. Files and the
// network stay open, which takes a token that only whoever starts us can give; see docs/architecture.md.

#include "confinement.h"

#include <algorithm>
#include <functional>
#include <windows.h>

namespace Counterfoil {

namespace {

constexpr SIZE_T memoryBytes = 2048ULL * 1024 * 1024;

bool limited = false; // by limitOurselves()

template <class Policy> bool set(PROCESS_MITIGATION_POLICY which, Policy policy)
{
    return SetProcessMitigationPolicy(which, &policy, sizeof policy);
}

} // namespace

void limitOurselves()
{
    // No child processes, so much memory, and no touching of the desktop. The handle stays open as long as we
    // run.
    const HANDLE job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_PROCESS_MEMORY | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    limits.ProcessMemoryLimit = memoryBytes;
    limited = SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    JOBOBJECT_BASIC_UI_RESTRICTIONS desktop{};
    desktop.UIRestrictionsClass = JOB_OBJECT_UILIMIT_ALL;
    SetInformationJobObject(job, JobObjectBasicUIRestrictions, &desktop, sizeof desktop);
    limited = limited && AssignProcessToJobObject(job, GetCurrentProcess());
}

RenderDoors closeDoors()
{
    RenderDoors open = RenderDoor::Files | RenderDoor::Network;
    PROCESS_MITIGATION_DYNAMIC_CODE_POLICY code{};
    code.ProhibitDynamicCode = 1;
    PROCESS_MITIGATION_SYSTEM_CALL_DISABLE_POLICY calls{};
    calls.DisallowWin32kSystemCalls = 1;
    PROCESS_MITIGATION_IMAGE_LOAD_POLICY images{};
    images.NoRemoteImages = 1;
    images.NoLowMandatoryLabelImages = 1;
    // Each by itself: a system that knows one of them may not know the next.
    const bool held[] = {set(ProcessDynamicCodePolicy, code), set(ProcessSystemCallDisablePolicy, calls),
                         set(ProcessImageLoadPolicy, images)};
    if (!std::ranges::all_of(held, std::identity()))
        open |= RenderDoor::Calls;
    if (!limited)
        open |= RenderDoor::Memory;
    return open;
}

} // namespace Counterfoil
