The libraries in lib, each with the licences under which it comes. Their texts are in the folders beside this file where a library brings them along.

<#list dependencyMap as each>
<#assign library = each.getKey()/>
${library.artifactId}-${library.version}.jar (${library.groupId}): <#list each.getValue() as license>${license}<#sep>; </#list>
</#list>
