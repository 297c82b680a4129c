using System.Collections.Frozen;

namespace LocalCloud.Email;

/// <summary>The file types that SES does not send, by their extensions.</summary>
internal static class AttachmentTypes
{
    private static readonly FrozenSet<string> Refused = (
        ".ade .adp .app .asp .bas .bat .cer .chm .cmd .com .cpl .crt .csh .der .exe .fxp .gadget .hlp .hta .inf .ins .isp .its .js .jse .ksh .lib .lnk "
        + ".mad .maf .mag .mam .maq .mar .mas .mat .mau .mav .maw .mda .mdb .mde .mdt .mdw .mdz .msc .msh .msh1 .msh2 .mshxml .msh1xml .msh2xml .msi .msp .mst "
        + ".ops .pcd .pif .plg .prf .prg .reg .scf .scr .sct .shb .shs .sys .ps1 .ps1xml .ps2 .ps2xml .psc1 .psc2 .tmp .url .vb .vbe .vbs .vps .vsmacros .vss .vst "
        + ".vsw .vxd .ws .wsc .wsf .wsh .xnk").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>The attachment, if SES would send it.</returns>
    /// <exception cref="Http.ServiceException">Its type is refused.</exception>
    public static MailAttachment Checked(MailAttachment attachment) =>
        Refused.Contains(Path.GetExtension(attachment.Name)) ? throw SesError.Bad($"Illegal filename '{Http.Excerpt.Of(attachment.Name)}'.") : attachment;
}
